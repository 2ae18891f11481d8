package dev.asyncloop.samples.bench.loop;

import io.netty.channel.DefaultEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import kotlinx.coroutines.CoroutineDispatcher;

/** Prints the figures as the tables of {@code docs/performance.md}, in Markdown. */
final class Report {

    private final Figures figures;
    private final List<Contender> peers = new ArrayList<>();

    private Report(Figures figures) {
        this.figures = figures;
        Stream.of(Contender.values())
                .filter(one -> one != Contender.ASYNCLOOP && figures.has(one))
                .forEach(peers::add);
    }

    static void print(Figures figures) {
        Report report = new Report(figures);
        System.out.printf("%n%s%n%n", machine());
        report.printOperations();
        System.out.println();
        report.printSleepers();
        System.out.println();
        report.printCurve();
    }

    private static String machine() {
        List<String> parts = new ArrayList<>(List.of(
                processor(),
                Runtime.getRuntime().availableProcessors() + " processors",
                System.getProperty("os.name"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                jarOf(CoroutineDispatcher.class),
                jarOf(DefaultEventLoop.class)));
        parts.addAll(Python.versions());
        return String.join("; ", parts);
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }

    /** Its name says the version. */
    private static String jarOf(Class<?> type) {
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return Path.of(location).getFileName().toString().replace(".jar", "");
    }

    private void printOperations() {
        List<String> titles = new ArrayList<>(List.of("nanoseconds", "asyncloop", "asked", "allocated"));
        peers.forEach(peer -> titles.add(peer.title()));
        printRow(titles);
        printRule(titles.size());
        for (Row row : Row.values()) {
            double ours = figures.get(Contender.ASYNCLOOP, row.key());
            double pair = figures.get(Contender.BARE, Row.PARK.key());
            List<String> cells = new ArrayList<>(List.of(
                    row.title(),
                    number(ours),
                    row.bar().judge(ours, pair),
                    number(figures.get(Contender.ASYNCLOOP, row.key() + ".bytes"))));
            peers.forEach(peer ->
                    cells.add(beside(ours, figures.get(peer, row.of(peer).key()))));
            printRow(cells);
        }
    }

    private void printSleepers() {
        List<String> titles = new ArrayList<>(List.of("a million tasks sleep on one loop", "asyncloop"));
        peers.forEach(peer -> titles.add(peer.title()));
        printRow(titles);
        printRule(titles.size());
        printSleepers("nanoseconds to start, each", Sleepers.START);
        printSleepers("nanoseconds to wake and end, each", Sleepers.END);
        printSleepers("bytes of memory, each", Sleepers.BYTES);
    }

    private void printSleepers(String title, String what) {
        double ours = figures.get(Contender.ASYNCLOOP, what);
        List<String> cells = new ArrayList<>(List.of(title, number(ours)));
        peers.forEach(peer -> cells.add(beside(ours, figures.get(peer, what))));
        printRow(cells);
    }

    private void printCurve() {
        List<String> titles = new ArrayList<>(List.of("nanoseconds beside so many"));
        Curve.SIZES.forEach(size -> titles.add(number(size)));
        printRow(titles);
        printRule(titles.size());
        for (Curve.Operation operation : Curve.Operation.values()) {
            printCurve(operation.title(), size -> figures.get(Contender.ASYNCLOOP, operation.key(size)));
        }
        printCurve("switch among them all", size -> figures.get(Contender.ASYNCLOOP, Ring.key(size)));
        printCurve("the same, bare virtual threads", size -> figures.get(Contender.BARE, Ring.key(size)));
    }

    private static void printCurve(String title, IntToDoubleFunction nanos) {
        List<String> cells = new ArrayList<>(List.of(title));
        Curve.SIZES.forEach(size -> cells.add(number(nanos.applyAsDouble(size))));
        printRow(cells);
    }

    /** A peer's figure, and how many times as much ours is. */
    private static String beside(double ours, double peers) {
        return Double.isNaN(peers) || Double.isNaN(ours)
                ? number(peers)
                : "%s (%.2f)".formatted(number(peers), ours / peers);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : (value < 10 ? "%.1f" : "%,.0f").formatted(value);
    }

    private static void printRow(List<String> cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    private static void printRule(int columns) {
        System.out.println("| --- |" + " ---: |".repeat(columns - 1));
    }
}
