// SPDX-License-Identifier: Apache-2.0
package org.bequest.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that gets its name only when it is complete. Until then what has that name, if anything, stays as it is; closed
 * before, the draft leaves nothing behind.
 */
final class Draft implements Closeable {
    private final Path file;
    private final Path temporary;
    private final FileChannel channel;

    Draft(Path file) throws IOException {
        this.file = file;
        // Beside the file, since only within one file system is a move atomic. The name is short, since that of
        // the file may be as long as a name can be; and not from createTempFile, which lets nobody but this user
        // read what it makes.
        this.temporary = file.toAbsolutePath().resolveSibling("bequest-" + UUID.randomUUID() + ".tmp");
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives the file its name, when all that was written is on the disk. */
    void publish() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        forceName();
    }

    /** Without it, a power cut could take back the move, though not make half of it. Some systems do not allow it. */
    private void forceName() {
        try (FileChannel folder = FileChannel.open(temporary.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException notAllowed) {
            return; // the file is complete, and is there
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
