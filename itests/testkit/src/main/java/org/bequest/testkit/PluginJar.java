// SPDX-License-Identifier: Apache-2.0
package org.bequest.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;

/**
 * A bundle, as it is to be installed or updated from: one that a build has made, or one made in memory of some of the test's
 * classes. These are copied into it, so each plugin, and each version of one, has them in a class loader of its own; none of
 * them is imported from the test. What test and plugin say to each other is of types that both see: those of the JDK, of the
 * framework and of the api.
 *
 * <p>Mutable while it is put together; the methods that change it return it. Threads: one.
 */
public final class PluginJar {
    private static final String IMPORTS = "org.osgi.framework,org.bequest.term,org.bequest.table,org.bequest.process";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new TreeMap<>();

    private PluginJar() {}

    /** An empty bundle, version 1.0.0, that imports the framework, and of the api terms, tables and processes. */
    public static PluginJar named(String symbolicName) {
        return new PluginJar()
                .header(Constants.BUNDLE_MANIFESTVERSION, "2")
                .header(Constants.BUNDLE_SYMBOLICNAME, symbolicName)
                .header(Constants.BUNDLE_VERSION, "1.0.0")
                .header(Constants.IMPORT_PACKAGE, IMPORTS);
    }

    /**
     * The bundle that is in that file. With another {@link #version} it stands for the next release, or the one before.
     *
     * @throws IllegalArgumentException if there is no bundle
     */
    public static PluginJar of(Path file) {
        PluginJar plugin = new PluginJar();
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest != null) {
                manifest.getMainAttributes().forEach((name, value) -> plugin.header(name.toString(), (String) value));
            }
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        plugin.entries.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("There is no bundle in " + file.toAbsolutePath() + ": " + e, e);
        }
        if (!plugin.headers.containsKey(Constants.BUNDLE_SYMBOLICNAME)) {
            throw new IllegalArgumentException(
                    file.toAbsolutePath() + " is no bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
        }
        return plugin;
    }

    public String symbolicName() {
        return headers.get(Constants.BUNDLE_SYMBOLICNAME).split(";")[0].strip();
    }

    public PluginJar version(String version) {
        return header(Constants.BUNDLE_VERSION, version);
    }

    /** Copies the class, and has it called when the bundle starts and stops. */
    public PluginJar activator(Class<? extends BundleActivator> activator) {
        return classes(activator).header(Constants.BUNDLE_ACTIVATOR, activator.getName());
    }

    /** Copies the class and those nested in it. */
    public PluginJar classes(Class<?> outer) {
        entries.putAll(ClassFiles.of(outer));
        return this;
    }

    /** A file in the bundle, in UTF-8. */
    public PluginJar resource(String path, String text) {
        entries.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Imports more packages: the value of such a header. */
    public PluginJar imports(String more) {
        headers.merge(Constants.IMPORT_PACKAGE, more, (some, others) -> some + "," + others);
        return this;
    }

    /** A header of the manifest, in place of the one that is there. */
    public PluginJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The jar itself. */
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
