// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/** The bundles on the class path of this class: jars, and folders of classes for which a build has written a manifest. */
final class ClassPath {
    private record Found(String location, Attributes headers) {}

    private final Map<String, Found> bundles = new HashMap<>();

    ClassPath() {
        try {
            for (URL manifest :
                    Collections.list(ClassPath.class.getClassLoader().getResources(JarFile.MANIFEST_NAME))) {
                Attributes headers = headers(manifest);
                String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
                if (name != null) {
                    bundles.putIfAbsent(name.split(";")[0].strip(), new Found(location(manifest), headers));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attributes headers(URL manifest) throws IOException {
        try (InputStream in = manifest.openStream()) {
            return new Manifest(in).getMainAttributes();
        }
    }

    /** As a framework understands it: the jar's own, or a reference to a folder. */
    private static String location(URL manifest) {
        String url = manifest.toString();
        return url.startsWith("jar:")
                ? url.substring("jar:".length(), url.length() - ("!/" + JarFile.MANIFEST_NAME).length())
                : "reference:" + url.substring(0, url.length() - JarFile.MANIFEST_NAME.length());
    }

    /** Where the bundle is to be installed from. */
    String location(String symbolicName) {
        return found(symbolicName).location();
    }

    /** What the bundles export, as the value of such a header. */
    String exports(Collection<String> symbolicNames) {
        return symbolicNames.stream().map(this::exports).collect(Collectors.joining(","));
    }

    private String exports(String symbolicName) {
        String exports = found(symbolicName).headers().getValue(Constants.EXPORT_PACKAGE);
        if (exports == null) {
            throw new IllegalArgumentException("Bundle " + symbolicName + " exports nothing that could be shared");
        }
        return exports;
    }

    private Found found(String symbolicName) {
        Found found = bundles.get(symbolicName);
        if (found == null) {
            throw new IllegalArgumentException("There is no bundle " + symbolicName
                    + " on the class path: make it a dependency of the test, or leave it out of the container");
        }
        return found;
    }
}
