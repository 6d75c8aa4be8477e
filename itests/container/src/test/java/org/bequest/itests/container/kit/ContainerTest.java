// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** A test inside the container: one framework for a class, with the shipped bundles, and a {@link Bench} to work at. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class ContainerTest {
    @Rule
    public final Bench bench = new Bench();

    @Configuration
    public Option[] container() {
        return shippedContainer();
    }

    /** The framework with the bundles under test, for tests that cannot have a bench. */
    public static Option[] shippedContainer() {
        return shippedContainerWithout("nothing");
    }

    /** @param bundle that is left out, by its symbolic name */
    public static Option[] shippedContainerWithout(String bundle) {
        return options(junitBundles(), slf4j("1.7.36"), slf4j("2.0.17"), shipped(bundle));
    }

    /** From the class path of the driver. Pax Exam's own bundles import the older version, ours the newer. */
    private static Option slf4j(String version) {
        return composite(Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
                .map(name -> systemPackage(name + ";version=" + version))
                .toArray(Option[]::new));
    }

    private static Option shipped(String without) {
        File[] jars = new File(System.getProperty("bundles")).listFiles();
        return composite(Arrays.stream(jars)
                .filter(jar -> !jar.getName().equals(without + ".jar"))
                .sorted()
                .map(jar -> bundle(jar.toURI().toString()))
                .toArray(Option[]::new));
    }
}
