// SPDX-License-Identifier: Apache-2.0
package org.bequest.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.apache.felix.service.command.CommandProcessor;
import org.bequest.shell.Transcript.Part;
import org.bequest.shell.Transcript.Remark;
import org.bequest.shell.Transcript.Step;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the session that the README of a bundle shows, and compares every answer. For the launcher, hence with types of the
 * JDK only. Takes the scope of the bundle's commands, and whoever is to be told what happens, line by line; returns whether
 * all was as shown. A README is an entry {@code README.md} at the root of the bundle; what a session is, is said at
 * {@link Transcript}, and when two answers are the same, at {@link Likeness}.
 */
@Component(service = BiPredicate.class, property = "bequest.command=replay")
public final class Replay implements BiPredicate<String, Consumer<String>> {
    private static final String README = "README.md";
    private static final String DIFFERS = "! expected: ";

    private final BundleContext context;
    private final CommandProcessor processor;

    @Activate
    public Replay(BundleContext context, @Reference CommandProcessor processor) {
        this.context = context;
        this.processor = processor;
    }

    /** @throws IllegalArgumentException if no bundle has such commands, or its README shows no session */
    @Override
    public boolean test(String scope, Consumer<String> lines) {
        Transcript transcript = Transcript.of(readme(scope));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (Session session = new Session(processor, context, out, out)) {
            session.scopes(scope, "bequest", "felix", "gogo", "*");
            Likeness likeness = new Likeness();
            int steps = 0;
            int differ = 0;
            for (Part part : transcript.parts()) {
                if (part instanceof Remark remark) {
                    lines.accept(remark.text());
                } else if (part instanceof Step step) {
                    lines.accept(Transcript.PROMPT + step.command());
                    session.execute(step.command());
                    steps++;
                    differ += compare(step.answer(), taken(said), likeness, lines) ? 0 : 1;
                }
            }
            lines.accept(scope + ": " + steps + " steps, " + (differ == 0 ? "all as shown" : differ + " differ"));
            return differ == 0;
        }
    }

    /** Lines that are blank cannot be shown, so they do not count. */
    private static List<String> taken(ByteArrayOutputStream said) {
        List<String> lines = said.toString(StandardCharsets.UTF_8)
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
        said.reset();
        return lines;
    }

    /** Tells the answer, and under each line that is not as shown what was; returns whether all are. */
    static boolean compare(List<String> shown, List<String> actual, Likeness likeness, Consumer<String> lines) {
        boolean same = true;
        for (int i = 0; i < Math.max(shown.size(), actual.size()); i++) {
            if (i < actual.size()) {
                lines.accept(actual.get(i));
            }
            if (i >= shown.size()) {
                lines.accept(DIFFERS + "nothing more");
                same = false;
            } else if (i >= actual.size() || !likeness.same(shown.get(i), actual.get(i))) {
                lines.accept(DIFFERS + shown.get(i));
                same = false;
            }
        }
        return same;
    }

    private String readme(String scope) {
        Bundle bundle = bundle(scope);
        URL entry = bundle.getEntry(README);
        if (entry == null) {
            throw new IllegalArgumentException("Bundle " + bundle.getSymbolicName() + " has no " + README);
        }
        try (InputStream in = entry.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    README + " of bundle " + bundle.getSymbolicName() + " cannot be read: " + e, e);
        }
    }

    private Bundle bundle(String scope) {
        try {
            ServiceReference<?>[] commands =
                    context.getAllServiceReferences(null, "(" + CommandProcessor.COMMAND_SCOPE + "=" + scope + ")");
            if (commands == null) {
                throw new IllegalArgumentException("No active bundle has commands of the scope '" + scope + "'");
            }
            return commands[0].getBundle();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("'" + scope + "' is no scope", e);
        }
    }
}
