package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.KeptConnections;
import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.leak.detect.Patience;
import dev.asyncloop.leak.detect.Pause;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.registers.DescriptorOrigins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the open file descriptors of this process before and after a test.
 *
 * <p>A descriptor is found if it was opened after the snapshot and stayed open during a short wait. Only the hooks in
 * the JDK can tell who opened it. Where they did not see the opening, the comparison is fair only to a test that ran
 * alone.
 *
 * <p>Some things cannot be told from what had the same number before, and are not found: the same path opened again, a
 * file that got the inode of a deleted one, a selector in place of a selector. Not found either are a class-path
 * archive that a test opened itself, and what took the number of a {@linkplain Descriptor#lasting lasting} descriptor
 * that was closed after all. Where {@code /proc/self/fd} cannot be read, nothing is ever found.
 *
 * <p>Any thread.
 */
public final class Descriptors {

    private final @Nullable DescriptorTable table;
    private final DescriptorNoise noise;
    private final DescriptorGroups groups;
    private final Pause pause;
    private final Set<Long> reported = new HashSet<>(); // serials, under this object's monitor
    private boolean warm; // under this object's monitor

    /**
     * Reads {@code self/fd}, {@code self/fdinfo} and {@code self/net} below a directory that is usually {@code /proc}.
     */
    Descriptors(Path proc, Pause pause) {
        this(proc, pause, SeenOpenings.NONE);
    }

    private Descriptors(Path proc, Pause pause, SeenOpenings seen) {
        Path self = realPath(proc.resolve("self"));
        this.noise = new DescriptorNoise(new ClassPathFiles(), self);
        this.table = canList(self.resolve("fd"))
                ? new DescriptorTable(self.resolve("fd"), noise::isKeptForGood, seen)
                : null;
        this.groups = new DescriptorGroups(self);
        this.pause = pause;
    }

    /** The object for this process, which all accounts share. */
    static Descriptors ofThisProcess() {
        return ThisProcess.INSTANCE;
    }

    boolean available() {
        return table != null;
    }

    /** Why descriptors cannot be found here, in one sentence; empty if they can. */
    Optional<String> unavailableReason() {
        return available()
                ? Optional.empty()
                : Optional.of(
                        "leaked file descriptors are not looked for: /proc/self/fd cannot be read on this machine");
    }

    /**
     * Has the JDK open what it opens once and keeps, so that no test is blamed for it. Call this before the first
     * snapshot; further calls do nothing.
     */
    synchronized void warmUp() {
        if (table == null || warm) {
            return;
        }
        warm = true;
        DescriptorSnapshot before = table.read();
        DescriptorWarmUp.run(DescriptorOrigins.installed());
        Set<Integer> kept = new HashSet<>();
        for (Descriptor opened : table.read().newSince(before)) {
            if (DescriptorWarmUp.mayHaveOpened(opened)) {
                noise.excuse(opened);
                kept.add(opened.number());
            }
        }
        for (Descriptor open : table.read().descriptors()) {
            if (noise.isPoller(open)) { // may have been started earlier
                kept.add(open.number());
            }
        }
        table.keep(kept);
    }

    /** What is open now. */
    DescriptorSnapshot snapshot() {
        return table == null ? DescriptorSnapshot.EMPTY : table.read();
    }

    /**
     * What was opened since the snapshot and is still open. Each thing is returned once, to one caller only.
     *
     * <p>A socket is left out while a selector watches it that is not found itself: then it belongs to the pool of a
     * client, or to a server, that lives longer than the test.
     *
     * <p>Returns at once if nothing is found. Otherwise waits for up to a second, since a thread may be about to close
     * it. An interrupt does not shorten the wait, since a leak must be certain; the interrupt stays set.
     */
    List<LeakedDescriptor> opened(DescriptorSnapshot before) {
        return opened(before, descriptor -> true, pause);
    }

    /** Finds only descriptors that {@code which} accepts, and lets time pass by {@code pause}. */
    List<LeakedDescriptor> opened(DescriptorSnapshot before, Predicate<Descriptor> which, Pause pause) {
        if (table == null) {
            return List.of();
        }
        List<Descriptor> left = left(table, before, which, pause);
        return left.isEmpty() ? List.of() : describe(table, report(table.reread(left)));
    }

    /**
     * What was opened since the snapshot, if more was opened than closed; else empty. Does not count as reported:
     * {@link #opened} returns it as well.
     */
    List<LeakedDescriptor> moreThan(DescriptorSnapshot before, Pause pause) {
        if (table == null) {
            return List.of();
        }
        List<Descriptor> left = left(table, before, descriptor -> true, pause);
        int still = table.read().stillOpen(List.copyOf(before.descriptors())).size();
        return left.size() <= before.size() - still ? List.of() : describe(table, table.reread(left));
    }

    private List<Descriptor> left(
            DescriptorTable table, DescriptorSnapshot before, Predicate<Descriptor> which, Pause pause) {
        // asked again, since who opened it may be known only now: what opens while the table is read is seen a little
        // later
        return linger(table, left(before, which), pause).stream()
                .filter(which)
                .filter(this::isToReport)
                .toList();
    }

    /** What was opened since the snapshot, is accepted by {@code which}, and is open now. Does not wait. */
    List<Descriptor> left(DescriptorSnapshot before, Predicate<Descriptor> which) {
        DescriptorSnapshot now = snapshot();
        return table == null || now == before
                ? List.of()
                : withoutPooled(
                        table,
                        now.newSince(before).stream()
                                .filter(which)
                                .filter(this::isToReport)
                                .toList(),
                        Descriptors::canBeSearchedFor);
    }

    /** Whether one of these descriptors is open, and is not of a connection that the JDK keeps alive. */
    boolean isLeft(List<Descriptor> parts) {
        return table != null && table.read().stillOpen(parts).stream().anyMatch(open -> !isKeptAlive(open, false));
    }

    /** The objects that have these descriptors, without those of connections that the JDK may keep alive. */
    List<LeakedDescriptor> describe(List<Descriptor> left) {
        return table == null
                ? List.of()
                : describe(
                        table,
                        table.reread(left.stream()
                                .filter(each -> !isKeptAlive(each, true))
                                .toList()));
    }

    /**
     * Describes {@code found}, and leaves out what is closed meanwhile, as by the garbage collector: the description of
     * a closed descriptor would be wrong.
     */
    private List<LeakedDescriptor> describe(DescriptorTable table, List<Descriptor> found) {
        List<LeakedDescriptor> described = groups.group(found);
        Set<Integer> open = table.reread(found).stream().map(Descriptor::number).collect(Collectors.toSet());
        return described.stream()
                .filter(leaked -> leaked.numbers().stream().anyMatch(open::contains))
                .toList();
    }

    private List<Descriptor> linger(DescriptorTable table, List<Descriptor> candidates, Pause pause) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        Lingering open = new Lingering(table, candidates);
        Patience patience = new Patience(pause);
        patience.waitWhile(open::isAny, Patience.MILLIS, Patience.MILLIS);
        patience.end();
        return open.rest.stream().filter(left -> !isKeptAlive(left, true)).toList();
    }

    /** Those of some descriptors that are still open. One thread. */
    private final class Lingering {

        private final DescriptorTable table;
        private List<Descriptor> rest;

        Lingering(DescriptorTable table, List<Descriptor> candidates) {
            this.table = table;
            this.rest = candidates;
        }

        boolean isAny() {
            rest = withoutPooled(table, table.read().stillOpen(rest), each -> false);
            return !rest.isEmpty();
        }
    }

    private List<Descriptor> withoutPooled(
            DescriptorTable table, List<Descriptor> open, Predicate<Descriptor> isSearchedFor) {
        ClosedChannels closed = ClosedChannels.now();
        List<Descriptor> candidates = open.stream()
                .filter(each -> !closed.haveSelected(each) && !RetiringLoops.mayHave(each))
                .toList();
        if (candidates.stream().noneMatch(Descriptor::isSocket)) {
            return candidates;
        }
        Set<Long> serials = candidates.stream().map(Descriptor::serial).collect(Collectors.toSet());
        Set<Integer> pooled = table.read().descriptors().stream()
                .filter(other ->
                        other.isAnonymous("eventpoll") && !serials.contains(other.serial()) && !noise.isPoller(other))
                .flatMap(selector -> groups.watchedBy(selector).stream())
                .collect(Collectors.toSet());
        return candidates.stream()
                .filter(candidate ->
                        !candidate.isSocket() || !pooled.contains(candidate.number()) || isSearchedFor.test(candidate))
                .filter(candidate -> !isKeptAlive(candidate, false))
                .toList();
    }

    /**
     * Whether a search can tell who holds it: then it need not be guessed from who watches it. What another thread
     * opened, as a server's opens its connections, may be held by nobody but the selector.
     */
    private static boolean canBeSearchedFor(Descriptor descriptor) {
        return ObjectFields.areReadable()
                && descriptor.origin() != null
                && descriptor.origin().openedBy() == null
                && descriptor.origin().get() != null;
    }

    private synchronized boolean isToReport(Descriptor descriptor) {
        return !reported.contains(descriptor.serial())
                && !noise.isNoise(descriptor)
                && !(descriptor.origin() != null
                        && (descriptor.origin().isKept()
                                || descriptor.origin().sessionWide()
                                || KeptForAll.contains(descriptor.origin().stack(), descriptor.target())));
    }

    /**
     * Whether the JDK keeps the connection alive: it does so for some seconds after the response was read or closed.
     * Returns {@code ifUnknown} if the JDK does not tell.
     */
    private boolean isKeptAlive(Descriptor descriptor, boolean ifUnknown) {
        return descriptor.isSocket()
                && descriptor.origin() != null
                && KeptConnections.mayKeep(descriptor.origin().stack())
                && KeptConnections.localPorts()
                        .map(ports -> groups.isSocketOf(ports, descriptor))
                        .orElse(ifUnknown);
    }

    /** Whether that file is open, and is not an archive that a class loader of the JVM or the runner keeps. */
    boolean isOpen(String path) {
        String real = ClassPathFiles.real(Path.of(path));
        return snapshot().descriptors().stream()
                .anyMatch(open -> open.hasPath() && open.path().equals(real) && !noise.isNoise(open));
    }

    /** Marks descriptors as reported. Returns those that were not. */
    synchronized List<Descriptor> report(List<Descriptor> found) {
        return found.stream().filter(d -> reported.add(d.serial())).toList();
    }

    private static boolean canList(Path directory) {
        return Files.isReadable(directory) && directory.toFile().list() != null;
    }

    /** The real path of the process's own directory, which saves following a symbolic link on each of many reads. */
    private static Path realPath(Path self) {
        try {
            return self.toRealPath();
        } catch (IOException missing) {
            return self;
        }
    }

    private static final class ThisProcess {
        static final Descriptors INSTANCE =
                new Descriptors(Path.of("/proc"), TimeUnit.MILLISECONDS::sleep, SeenOpenings.OF_THIS_PROCESS);
    }
}
