package dev.asyncloop.leak.descriptors;

import dev.asyncloop.registers.Opening;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the open descriptors of this process from {@code /proc/self/fd}, and reads as little as it can.
 *
 * <p>Listing the directory takes longer than a small test, and reading every link in it ten times as long. Linux 6.2
 * and newer give the number of open descriptors as the size of the directory. So nothing is read if the size is the
 * same and
 *
 * <ul>
 *   <li>with hooks: they have seen nothing closed, and nothing opened that is still open
 *   <li>without hooks: every descriptor that could have been closed still links to the same target.
 * </ul>
 *
 * <p>Otherwise the directory is listed. An older kernel gives the size 0, so there it is listed each time. A link is
 * read again unless the hooks saw the descriptor being opened, and have seen no other opening of its number since.
 *
 * <p>{@linkplain Descriptor#lasting Lasting} descriptors are never read again: the standard streams, those of the class
 * loaders and the random number generators, and those that the warm-up had the JDK open for good.
 *
 * <p>Any thread.
 */
final class DescriptorTable {

    private static final int LAST_STANDARD_STREAM = 2;
    private static final int HIGHEST_NUMBER_PROBED = 1 << 16;

    private final File directory;
    private final Path path;
    private final Predicate<String> keptForGood;
    private final SeenOpenings seen;

    private DescriptorSnapshot latest = DescriptorSnapshot.EMPTY; // under this object's monitor, like the next four
    private long latestEvents;
    private Map<Integer, Opening> latestOrigins = Map.of();
    private long latestSize; // also counts numbers that threads in accept have reserved
    private long newestSerial;

    DescriptorTable(Path directory, Predicate<String> keptForGood, SeenOpenings seen) {
        this.seen = seen;
        this.directory = directory.toFile();
        this.path = directory;
        this.keptForGood = keptForGood;
    }

    /** What is open now. Returns the previous snapshot if nothing has changed since. */
    synchronized DescriptorSnapshot read() {
        if (!isUnchanged()) {
            latest = readAll();
        }
        return latest;
    }

    /** Marks the descriptors of these numbers as lasting. */
    synchronized void keep(Set<Integer> numbers) {
        Map<Integer, Descriptor> open = new HashMap<>();
        for (Descriptor descriptor : latest.descriptors()) {
            int number = descriptor.number();
            open.put(number, numbers.contains(number) ? descriptor.asLasting() : descriptor);
        }
        latest = new DescriptorSnapshot(newestSerial, open);
    }

    private boolean isUnchanged() {
        if (seen.events() >= 0) {
            return latestSize > 0 && directory.length() == latestSize && isUnchangedAsSeen();
        }
        if (directory.length() != latest.size()) {
            return false;
        }
        for (Descriptor known : latest.changeable()) {
            if (!known.target().equals(target(known.number(), known))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the hooks saw no change. What was opened and closed again is none. */
    private boolean isUnchangedAsSeen() {
        long events = seen.events();
        if (events != latestEvents && seen.all().equals(latestOrigins)) {
            latestEvents = events;
        }
        return events == latestEvents;
    }

    private DescriptorSnapshot readAll() {
        latestEvents = seen.events();
        latestSize = directory.length();
        latestOrigins = seen.all();
        Map<Integer, Opening> closed = new HashMap<>(latestOrigins);
        Map<Integer, Descriptor> open = new HashMap<>();
        for (int number : numbers()) {
            Descriptor known = latest.at(number);
            Descriptor now = known != null && known.lasting() ? known : read(number, known, latestOrigins.get(number));
            if (now != null) {
                open.put(number, now);
                closed.remove(number);
            }
        }
        for (Map.Entry<Integer, Opening> each : closed.entrySet()) {
            seen.forget(each.getKey(), each.getValue());
        }
        return new DescriptorSnapshot(newestSerial, open);
    }

    /**
     * The descriptor of that number; null if there is none, as for the descriptor by which the directory was listed.
     */
    private @Nullable Descriptor read(int number, @Nullable Descriptor known, @Nullable Opening origin) {
        Descriptor same = known != null && known.origin() == origin ? known : null;
        if (same != null && origin != null && !origin.mayCloseUnseen()) {
            return same;
        }
        String target = target(number, known);
        if (target == null) {
            return null;
        }
        if (origin != null && origin.mayCloseUnseen() && !target.startsWith("/")) {
            seen.forget(number, origin);
            return read(number, known, null);
        }
        if (same != null && same.target().equals(target)) {
            return same;
        }
        if (number <= LAST_STANDARD_STREAM || isFirstOf(target)) {
            return new Descriptor(++newestSerial, number, target, null, origin, true); // its inode is never needed
        }
        if (known != null && known.origin() == null && known.target().equals(target)) {
            // it was listed just before the JDK put the number where the hooks find it
            return new Descriptor(known.serial(), number, target, known.inode(), origin, false);
        }
        Object inode = target.startsWith("/") ? inode(number) : null;
        if (same != null && inode != null && inode.equals(same.inode())) {
            return new Descriptor(same.serial(), number, target, inode, origin, false); // renamed or deleted
        }
        return new Descriptor(++newestSerial, number, target, inode, origin, false);
    }

    /**
     * Those that are still open as the same object, with their links read again, since files may have been renamed or
     * deleted.
     */
    synchronized List<Descriptor> reread(List<Descriptor> descriptors) {
        List<Descriptor> open = new ArrayList<>();
        for (Descriptor known : descriptors) {
            String target = target(known.number(), known);
            if (known.target().equals(target)) {
                open.add(known);
            } else if (target != null && known.inode() != null && known.inode().equals(inode(known.number()))) {
                open.add(new Descriptor(known.serial(), known.number(), target, known.inode(), known.origin(), false));
            }
        }
        return open;
    }

    /**
     * Whether the JDK keeps that file open by this descriptor. A second descriptor of the same file may be anybody's.
     */
    private boolean isFirstOf(String target) {
        if (!keptForGood.test(target)) {
            return false;
        }
        for (Descriptor other : latest.descriptors()) {
            if (other.target().equals(target)) {
                return false;
            }
        }
        return true;
    }

    /** The target of the descriptor's link; null if it is closed; the known target if the system does not say. */
    private @Nullable String target(int number, @Nullable Descriptor known) {
        try {
            return Files.readSymbolicLink(link(number)).toString();
        } catch (NoSuchFileException closed) {
            return null;
        } catch (IOException unreadable) {
            return known == null ? null : known.target();
        }
    }

    private @Nullable Object inode(int number) {
        try {
            return Files.readAttributes(link(number), BasicFileAttributes.class).fileKey();
        } catch (IOException closedOrUnreadable) {
            return null;
        }
    }

    private Path link(int number) {
        return path.resolve(Integer.toString(number));
    }

    private int[] numbers() {
        String[] names = directory.list();
        if (names == null) {
            return probe();
        }
        int[] numbers = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            numbers[i] = Integer.parseInt(names[i]);
        }
        return numbers;
    }

    /** The open numbers, found by trying each: when the process is out of descriptors, a directory cannot be listed. */
    private int[] probe() {
        IntStream known = latest.descriptors().stream().mapToInt(Descriptor::number);
        IntStream found = IntStream.range(0, HIGHEST_NUMBER_PROBED)
                .filter(number -> target(number, null) != null)
                .limit(directory.length());
        return IntStream.concat(known, found).distinct().toArray();
    }
}
