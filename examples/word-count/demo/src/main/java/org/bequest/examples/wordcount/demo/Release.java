// SPDX-License-Identifier: Apache-2.0
package org.bequest.examples.wordcount.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A bundle to be deployed: the code of one of the jars, under a version that rises with every release.
 *
 * @param number from 1; also the major version
 */
record Release(int number, byte[] jar) {
    /** The jars take turns, the first one first. */
    static Release of(List<Path> jars, int number) throws IOException {
        Path jar = jars.get((number - 1) % jars.size());
        try (InputStream in = Files.newInputStream(jar)) {
            return new Release(number, withVersion(in, new Version(number, 0, 0)));
        }
    }

    Version version() {
        return new Version(number, 0, 0);
    }

    private static byte[] withVersion(InputStream jar, Version version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JarInputStream in = new JarInputStream(jar);
        Manifest manifest = in.getManifest();
        manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version.toString());
        try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
        }
        return bytes.toByteArray();
    }
}
