// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Properties;

/** What the build has put together. */
final class Build {
    private static final Properties PROPERTIES = read();

    private Build() {}

    static String version() {
        return PROPERTIES.getProperty("version");
    }

    /** The version of SLF4J on the class path. */
    static String slf4j() {
        return PROPERTIES.getProperty("slf4j.version");
    }

    /** The folder with the folders of bundles. */
    static Path home() {
        try {
            Path jar = Path.of(Build.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling(".").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The launcher cannot tell where its own jar is", e);
        }
    }

    /** A bundle of the word-count example: {@code v1}, {@code v2}, {@code demo}. */
    static Path wordCount(String part) {
        return home().resolve("examples/word-count/org.bequest.examples.wordcount." + part + ".jar");
    }

    private static Properties read() {
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
