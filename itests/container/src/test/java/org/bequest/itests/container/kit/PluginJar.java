// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/**
 * A bundle made in memory of some of the test's classes. They are copied into it, so each plugin, and each version of one,
 * has them in a class loader of its own; none of them is imported from the test. What test and plugin say to each other is
 * of types that both see: those of the JDK, of the framework and of the api. Mutable while it is put together.
 */
public final class PluginJar {
    private static final String IMPORTS = "org.osgi.framework,org.bequest.term,org.bequest.table,org.bequest.process";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new TreeMap<>();

    private PluginJar(String symbolicName) {
        headers.put(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.put(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        headers.put(Constants.BUNDLE_VERSION, "1.0.0");
        headers.put(Constants.IMPORT_PACKAGE, IMPORTS);
    }

    /** An empty bundle, version 1.0.0, that imports the api and the framework. */
    public static PluginJar named(String symbolicName) {
        return new PluginJar(symbolicName);
    }

    public String symbolicName() {
        return headers.get(Constants.BUNDLE_SYMBOLICNAME);
    }

    public PluginJar version(String version) {
        return header(Constants.BUNDLE_VERSION, version);
    }

    public PluginJar activator(Class<? extends BundleActivator> activator) {
        return classes(activator).header(Constants.BUNDLE_ACTIVATOR, activator.getName());
    }

    /** Copies the class and those nested in it. */
    public PluginJar classes(Class<?> outer) {
        Bundle test = FrameworkUtil.getBundle(outer);
        String folder = outer.getPackageName().replace('.', '/');
        for (String pattern : new String[] {outer.getSimpleName() + ".class", outer.getSimpleName() + "$*.class"}) {
            var found = test.findEntries(folder, pattern, false);
            for (URL url : found == null ? Collections.<URL>emptyList() : Collections.list(found)) {
                try (InputStream in = url.openStream()) {
                    entries.put(url.getPath().substring(1), in.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return this;
    }

    public PluginJar resource(String path, String text) {
        entries.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public PluginJar imports(String more) {
        return header(Constants.IMPORT_PACKAGE, headers.get(Constants.IMPORT_PACKAGE) + "," + more);
    }

    public PluginJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The jar, as it is to be installed or updated from. */
    public InputStream open() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
