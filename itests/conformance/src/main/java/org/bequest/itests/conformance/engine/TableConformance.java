// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bequest.itests.conformance.EtsConformance;
import org.bequest.match.MatchSyntax;
import org.bequest.table.Access;
import org.bequest.table.DumpException;
import org.bequest.table.DumpInfo;
import org.bequest.table.Table;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.table.Tables;
import org.bequest.term.Binary;
import org.bequest.term.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/**
 * What users of tables may expect, whichever engine keeps them. Runs the engine's bundle below a kernel in an
 * {@link EmbeddedContainer}. An engine proves itself by a class that extends this one and names the two:
 *
 * <pre>{@code
 * class HeapTableConformanceTest extends TableConformance {
 *     HeapTableConformanceTest() {
 *         super("heap", "org.bequest.tables.heap");
 *     }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TableConformance {
    private final String engine;
    private final String bundle;
    private EmbeddedContainer container;
    private Tables tables;

    /**
     * @param engine the name that it offers
     * @param bundle the symbolic name of its bundle, which is on the class path
     */
    protected TableConformance(String engine, String bundle) {
        this.engine = engine;
        this.bundle = bundle;
    }

    @BeforeAll
    final void startContainer() throws Exception {
        container = EmbeddedContainer.start(bundle);
        tables = container.tablesOf(container.newBundle("org.bequest.test.user"));
    }

    @AfterAll
    final void stopContainer() throws Exception {
        container.close();
    }

    private Table create(TableType type) {
        return tables.create(TableSpec.of(UUID.randomUUID().toString())
                .type(type)
                .engine(engine)
                .access(Access.PUBLIC));
    }

    @Test
    void answersAsEtsDid() {
        Map<String, Object> result = new EtsConformance(tables).apply(Map.of("engine", engine));
        List<?> disagreements = (List<?>) result.get("disagreements");
        assertEquals(
                0L,
                result.get("disagreed"),
                () -> disagreements.size() + " programs differ; the first: " + disagreements.get(0));
        assertEquals(600, result.get("programs"));
    }

    @ParameterizedTest
    @EnumSource
    void losesNothing_whenItsBundleIsReplacedUnderLoad(TableType type) throws Exception {
        Bundle replaced = container.bundle(bundle);
        try (Load load = new Load(create(type), type)) {
            load.start();
            for (int i = 0; i < 5; i++) {
                replaced.update();
                load.awaitProgress();
                replaced.stop();
                load.awaitProgress();
                replaced.start();
                load.awaitProgress();
            }
            load.finish();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesGoOn_whenItsBundleIsReplacedBetweenTwo(TableType type) throws Exception {
        Table table = create(type);
        for (long key = 0; key < 1_000; key++) {
            table.insert(Tuple.of(key, "row"));
        }
        Pages pages = new Pages(
                table,
                MatchSyntax.match(MatchSyntax.tuple(MatchSyntax.var(0), MatchSyntax.any()))
                        .select(MatchSyntax.var(0)));
        while (pages.next(100)) {
            container.bundle(bundle).update();
        }
        assertEquals(1_000, pages.results().size());
        assertEquals(1_000, pages.results().stream().distinct().count());
        table.drop();
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameAfterDumpAndLoad(TableType type, @TempDir Path folder) throws Exception {
        Table table = create(type);
        table.insert(List.of(
                Tuple.of(1, "a", 2.5),
                Tuple.of("key", List.of(1, Map.of("x", Tuple.of())), Binary.copyOf(new byte[] {7})),
                Tuple.of(UUID.randomUUID(), true, null),
                Tuple.of(1, "b", 2.5)));
        Path file = folder.resolve("table");
        table.dump(file);
        DumpInfo info = tables.inspect(file);
        assertEquals(table.name(), info.name());
        assertEquals(type, info.type());
        assertEquals(table.size(), info.rows());

        Table loaded = tables.load(file, table.name() + " again");
        assertEquals(List.copyOf(table.toList()), List.copyOf(loaded.toList()));
        assertEquals(table.lookup(1), loaded.lookup(1));
        assertEquals(type, loaded.info().type());
        assertEquals(engine, loaded.info().engine());
        loaded.drop();
        table.drop();
    }

    /** Whichever byte of the file is another, there is no table made of it. */
    @Test
    void damagedDumpIsRefused(@TempDir Path folder) throws Exception {
        Table table = create(TableType.SET);
        table.insert(List.of(Tuple.of(1, "a"), Tuple.of(2, "b")));
        Path file = folder.resolve("table");
        table.dump(file);
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] damaged = good.clone();
            damaged[i] ^= 1;
            assertRefused(Files.write(file, damaged), "with byte " + i + " changed");
            assertRefused(Files.write(file, Arrays.copyOf(good, i)), "cut to " + i + " bytes");
        }
        table.drop();
    }

    private void assertRefused(Path file, String how) throws IOException {
        String name = "damaged " + how;
        Assertions.assertThrows(DumpException.class, () -> tables.load(file, name), () -> how);
        assertEquals(true, tables.find(name).isEmpty());
    }
}
