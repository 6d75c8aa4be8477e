// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.karaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Karaf's shell, as one user sees it. Each call is a client process of its own, which is gone when the call returns. */
final class Shell {
    private final Karaf karaf;
    private final List<String> login;

    Shell(Karaf karaf, String... login) {
        this.karaf = karaf;
        this.login = List.of(login);
    }

    /** Says commands, one after the other, and returns what they print and return; none may fail. */
    String say(String... commands) throws Exception {
        // To a client that is no terminal, Karaf shows what a command prints, but not what it returns.
        Answer answer = client(Stream.of(commands).map(command -> "echo (" + command + ")"));
        assertThat(answer.status())
                .as("%s: %s", List.of(commands), answer.text())
                .isZero();
        return answer.text();
    }

    /** Says a command that has to fail, and returns what the shell answers. */
    String refused(String command) throws Exception {
        Answer answer = client(Stream.of(command));
        assertThat(answer.status()).as("%s: %s", command, answer.text()).isNotZero();
        return answer.text();
    }

    /** Says a command again and again until it does not fail and the answer is as wanted. */
    void await(String command, Predicate<String> wanted) throws Exception {
        long deadline = System.nanoTime() + Karaf.LIMIT.toNanos();
        Answer answer = client(Stream.of("echo (" + command + ")"));
        while (answer.status() != 0 || !wanted.test(answer.text())) {
            assertThat(karaf.isAlive() && System.nanoTime() < deadline)
                    .as("%s, within %s in %s; last answer: %s", command, Karaf.LIMIT, karaf, answer.text())
                    .isTrue();
            answer = client(Stream.of("echo (" + command + ")"));
        }
    }

    private record Answer(int status, String text) {}

    private Answer client(Stream<String> commands) throws Exception {
        List<String> arguments = new ArrayList<>(login);
        arguments.add("-b");
        Process client =
                karaf.script("client", arguments.toArray(String[]::new)).start();
        try {
            try (OutputStream in = client.getOutputStream()) {
                in.write(commands.collect(Collectors.joining("\n", "", "\n")).getBytes(UTF_8));
            }
            client.onExit().orTimeout(Karaf.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            try (InputStream out = client.getInputStream()) {
                return new Answer(client.exitValue(), new String(out.readAllBytes(), UTF_8).strip());
            }
        } finally {
            client.destroyForcibly();
        }
    }
}
