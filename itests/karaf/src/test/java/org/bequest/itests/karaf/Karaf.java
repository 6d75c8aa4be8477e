// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Karaf in a process of its own. It is started in an empty folder, listens on the loopback interface only, on ports
 * that were free, and installs from the given repository and from nowhere else. It ends when it is stopped, and with the
 * JVM of the tests if that comes first.
 */
final class Karaf {
    static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    private final Path home;
    private final Path base;
    private final Process process;
    private final Thread reaper;

    /**
     * Starts Karaf, and does not wait until it has booted.
     *
     * @param home where the distribution was unpacked; stays as it is. Configuration, data and logs are in a new folder
     *     beside it
     * @param repository a folder with the layout of a Maven repository
     */
    Karaf(Path home, Path repository) throws Exception {
        this.home = home;
        base = home.resolveSibling("base");
        delete(base);
        configure(repository);
        process = script("karaf", "daemon")
                .redirectOutput(base.resolve("console.log").toFile())
                .start();
        reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    private void configure(Path repository) throws IOException {
        copy(home.resolve("etc"), base.resolve("etc"));
        List<Integer> ports = freePorts(3);
        set(
                "org.apache.karaf.shell.cfg",
                Map.of("sshHost", LOOPBACK, "sshPort", ports.get(0).toString()));
        set(
                "org.apache.karaf.management.cfg",
                Map.of(
                        "rmiRegistryHost",
                        LOOPBACK,
                        "rmiRegistryPort",
                        ports.get(1).toString(),
                        "rmiServerHost",
                        LOOPBACK,
                        "rmiServerPort",
                        ports.get(2).toString()));
        set(
                "org.ops4j.pax.url.mvn.cfg",
                Map.of(
                        "org.ops4j.pax.url.mvn.localRepository",
                        base.resolve("m2").toString(),
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        "${karaf.home.uri}system@id=system@snapshots," + repository.toUri() + "@id=built@snapshots",
                        "org.ops4j.pax.url.mvn.repositories",
                        ""));
    }

    /**
     * Returns the shell of a new user.
     *
     * @param roles with commas between them
     */
    Shell shell(String user, String roles) throws IOException {
        String password = UUID.randomUUID().toString();
        set("users.properties", Map.of(user, password + ",ssh," + roles));
        return new Shell(this, "-u", user, "-p", password);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Where this Karaf's logs are, for those who have to find out. */
    @Override
    public String toString() {
        return base.toString();
    }

    /** A script of Karaf's, run by this JVM's Java. Both scripts that are used here become the JVM: no shell is left. */
    ProcessBuilder script(String name, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(home.resolve("bin").resolve(name).toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(base.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(each -> each.startsWith("KARAF_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KARAF_BASE", base.toString());
        // Short lives: what starts quickly is better than what runs fast.
        builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return builder;
    }

    /** Stops Karaf as an operator does; fails if it does not end, and leaves no process in any case. */
    void stop() throws Exception {
        process.destroy();
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        Runtime.getRuntime().removeShutdownHook(reaper);
        assertThat(ended).as("Karaf ended by itself; its logs are in %s", base).isTrue();
    }

    private void set(String file, Map<String, String> values) throws IOException {
        Path path = base.resolve("etc").resolve(file);
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(path)) {
            properties.load(in);
        }
        properties.putAll(values);
        try (OutputStream out = Files.newOutputStream(path)) {
            properties.store(out, null);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
