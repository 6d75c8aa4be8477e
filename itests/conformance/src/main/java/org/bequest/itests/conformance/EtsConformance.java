// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import org.bequest.table.NoEngineException;
import org.bequest.table.TableSpec;
import org.bequest.table.Tables;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Replays one recording of ETS. Takes the options {@code file} (a path; if there is none, the recording in this bundle) and
 * {@code engine} (a name; default {@value TableSpec#HEAP}); returns {@link Result#asMap}. Only types of the JDK, as the
 * launcher that calls this lives outside of the container and shares no others with it.
 */
@Component(
        service = Function.class,
        property = {"bequest.command=conformance", "bequest.suite=ets"})
public final class EtsConformance implements Function<Map<String, Object>, Map<String, Object>> {
    private final Tables tables;

    @Activate
    public EtsConformance(@Reference Tables tables) {
        this.tables = tables;
    }

    /**
     * @throws IllegalArgumentException if there is no such engine
     * @throws UncheckedIOException if the file cannot be read
     */
    @Override
    public Map<String, Object> apply(Map<String, Object> options) {
        String engine = (String) options.getOrDefault("engine", TableSpec.HEAP);
        try (InputStream recording = Recording.open(options, "ets.jsonl")) {
            return Replay.of(recording, new Ets(tables, engine)).asMap();
        } catch (NoEngineException e) {
            throw new IllegalArgumentException("There is no storage engine '" + engine + "'", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
