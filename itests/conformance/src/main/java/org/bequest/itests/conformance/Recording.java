// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Where recordings come from. */
public final class Recording {
    private Recording() {}

    /**
     * The one that the option {@code file} names, or else one that comes with us.
     *
     * @param own name of the latter
     */
    public static InputStream open(Map<String, Object> options, String own) throws IOException {
        Path file = (Path) options.get("file");
        return new BufferedInputStream(
                file != null
                        ? Files.newInputStream(file)
                        : Objects.requireNonNull(Recording.class.getResourceAsStream(own), own));
    }
}
