// SPDX-License-Identifier: Apache-2.0
package org.bequest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.Test;

/**
 * Types that have constants of their own subtypes. Two threads, of which one is the first to use such a type and the other
 * the first to use the subtype, would wait for each other for ever, and so would all that come after them: each holds the
 * one class while it is initialized, and wants the other.
 */
class InitializationTest {
    @Test
    void noTwoThreadsWaitForEachOther_whateverTheyUseFirst() throws Exception {
        List<String> knots = new ArrayList<>();
        for (Class<?> type : types()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType().isAssignableFrom(type)) {
                    field.setAccessible(true);
                    Object constant = field.get(null);
                    if (constant != null && isKnot(type, constant.getClass())) {
                        knots.add(field + " is a " + constant.getClass());
                    }
                }
            }
        }
        assertThat(knots).isEmpty();
    }

    /** Whether the subtype can be used first, and has the other initialized before itself. */
    private static boolean isKnot(Class<?> type, Class<?> subtype) {
        boolean usedByOthers = !subtype.isAnonymousClass() && !Modifier.isPrivate(subtype.getModifiers());
        boolean initializedBefore =
                !type.isInterface() || Arrays.stream(type.getMethods()).anyMatch(Method::isDefault);
        return subtype != type && type.isAssignableFrom(subtype) && usedByOthers && initializedBefore;
    }

    private static List<Class<?>> types() throws Exception {
        Path root = Path.of(
                Tuple.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> types = new ArrayList<>();
        for (String name : names(root)) {
            types.add(Class.forName(name));
        }
        assertThat(types).contains(Tuple.class);
        return types;
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
                    .toList();
        }
    }
}
