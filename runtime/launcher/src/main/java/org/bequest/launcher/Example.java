// SPDX-License-Identifier: Apache-2.0
package org.bequest.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Constants;

/**
 * An example that the build has put together: bundles, one of which has a README with a session that can be replayed.
 *
 * @param name that of its folder, and the scope of its commands
 * @param description in one line
 */
record Example(String name, String description, List<Path> bundles) {
    private static final String README = "README.md";

    Example {
        bundles = List.copyOf(bundles);
    }

    /** Those among the folders of a folder, by name. */
    static List<Example> in(Path folder) throws IOException, ContainerException {
        if (!Files.isDirectory(folder)) {
            throw new ContainerException("There are no examples in " + folder + ": build Bequest first (mvn package)");
        }
        List<Example> examples = new ArrayList<>();
        for (Path each : list(folder)) {
            List<Path> bundles = list(each);
            for (Path bundle : bundles) {
                try (JarFile jar = new JarFile(bundle.toFile())) {
                    if (jar.getEntry(README) != null) {
                        String description =
                                jar.getManifest().getMainAttributes().getValue(Constants.BUNDLE_DESCRIPTION);
                        examples.add(new Example(each.getFileName().toString(), description, bundles));
                    }
                }
            }
        }
        return examples;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
