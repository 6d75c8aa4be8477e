// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.bequest.table.NoEngineException;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Replays one recording. Takes the options {@code suite} (a name: {@code ets}), {@code file} (a path; if there is none, the
 * recording in this bundle) and {@code engine} (a name; default {@value TableSpec#HEAP}); returns {@code programs},
 * {@code agreed}, {@code disagreed} and {@code disagreements}, each with {@code line}, {@code program}, {@code operation},
 * {@code expected} and {@code got}. Only types of the JDK, as the launcher that calls this lives outside of the container and
 * shares no others with it.
 */
@Component(service = Function.class, property = "bequest.command=conformance")
public final class Conformance implements Function<Map<String, Object>, Map<String, Object>> {
    private static final String ETS = "ets";

    private final Tables tables;

    @Activate
    public Conformance(@Reference Tables tables) {
        this.tables = tables;
    }

    /**
     * @throws IllegalArgumentException if there is no such suite or engine
     * @throws UncheckedIOException if the file cannot be read
     */
    @Override
    public Map<String, Object> apply(Map<String, Object> options) {
        if (!ETS.equals(options.get("suite"))) {
            throw new IllegalArgumentException("There is no suite " + options.get("suite") + ", only " + ETS);
        }
        String engine = (String) options.getOrDefault("engine", TableSpec.HEAP);
        try (InputStream recording = open((Path) options.get("file"))) {
            return Replay.of(recording, tables, engine).asMap();
        } catch (NoEngineException e) {
            throw new IllegalArgumentException("There is no storage engine '" + engine + "'", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(@Nullable Path file) throws IOException {
        return new BufferedInputStream(file == null ? recorded() : Files.newInputStream(file));
    }

    /** What comes with us. */
    static InputStream recorded() {
        return Objects.requireNonNull(Conformance.class.getResourceAsStream("ets.jsonl"), "ets.jsonl");
    }
}
