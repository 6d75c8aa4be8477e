// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/**
 * A bundle that the class path has: a jar, or the folder of classes that a build in one go has in its place.
 *
 * @param location to install it from
 */
record ClassPathBundle(String location, Attributes manifest) {
    /** All bundles of the class path, by symbolic name. */
    static Map<String, ClassPathBundle> all() throws IOException {
        Map<String, ClassPathBundle> bundles = new HashMap<>();
        ClassLoader loader = ClassPathBundle.class.getClassLoader();
        for (URL url : Collections.list(loader.getResources(JarFile.MANIFEST_NAME))) {
            try (InputStream in = url.openStream()) {
                Attributes manifest = new Manifest(in).getMainAttributes();
                String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
                if (name != null) {
                    bundles.putIfAbsent(name.split(";")[0].trim(), new ClassPathBundle(location(url), manifest));
                }
            }
        }
        return bundles;
    }

    private static String location(URL manifest) {
        String url = manifest.toString();
        String root = url.substring(0, url.length() - JarFile.MANIFEST_NAME.length());
        return root.startsWith("jar:")
                ? root.substring("jar:".length(), root.length() - "!/".length())
                : "reference:" + root;
    }

    /** What it exports, in the form in which a framework is told of more packages. */
    String exports() {
        return manifest.getValue(Constants.EXPORT_PACKAGE);
    }
}
