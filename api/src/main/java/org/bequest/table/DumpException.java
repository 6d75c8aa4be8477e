// SPDX-License-Identifier: Apache-2.0
package org.bequest.table;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is no dump of a table, or a damaged one, or one that cannot be read here. The message says what is wrong, in which
 * file, and at which byte. Nothing was loaded, and the file is as it was.
 */
public final class DumpException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    /**
     * @param offset of the byte, from 0, where it shows; where bytes are missing, the length of the file
     * @param problem what is wrong there
     */
    public DumpException(Path file, long offset, String problem) {
        super(file + ", byte " + offset + ": " + problem + ". Nothing was loaded.");
        this.file = file.toString();
        this.offset = offset;
    }

    /** The file, as it was named by the one who wanted to read it. */
    public String file() {
        return file;
    }

    /**
     * Where it shows, in bytes from 0. Damage within a part of the file that has one checksum, mostly some 64 KiB of rows,
     * shows where that part begins.
     */
    public long offset() {
        return offset;
    }
}
