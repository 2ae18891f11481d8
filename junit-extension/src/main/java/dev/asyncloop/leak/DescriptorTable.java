package dev.asyncloop.leak;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the descriptors of this process from its directory {@code /proc/self/fd}, and as little of it as it can.
 *
 * <p>To list the directory takes longer than a small test, and to read every link in it ten times that. But Linux 6.2
 * and newer give the number of open descriptors as the directory's size. If that is what it was, and every descriptor
 * which could have been closed still links to the same thing, then nothing has changed. Only where that fails is the
 * directory listed, and an older kernel, which gives the size as 0, comes to that each time.
 *
 * <p>Not read again are the {@linkplain Descriptor#lasting lasting} ones: the standard streams, what the class loaders
 * and the random number generators hold, and what the JDK opened for good when it was warmed up.
 *
 * <p>Any thread.
 */
final class DescriptorTable {

    private static final int LAST_STANDARD_STREAM = 2;
    private static final int HIGHEST_NUMBER_PROBED = 1 << 16;

    private final File directory;
    private final Path path;
    private final Predicate<String> keptForGood;

    private DescriptorSnapshot latest = DescriptorSnapshot.EMPTY; // under this object's monitor, as the next
    private long newestSerial;

    DescriptorTable(Path directory, Predicate<String> keptForGood) {
        this.directory = directory.toFile();
        this.path = directory;
        this.keptForGood = keptForGood;
    }

    /** What is open now; the object given last if nothing has changed since. */
    synchronized DescriptorSnapshot read() {
        if (!isUnchanged()) {
            latest = readAll();
        }
        return latest;
    }

    /** Takes the descriptors of these numbers to stay open for as long as the JVM lives. */
    synchronized void keep(Set<Integer> numbers) {
        Map<Integer, Descriptor> open = new HashMap<>();
        for (Descriptor descriptor : latest.descriptors()) {
            int number = descriptor.number();
            open.put(number, numbers.contains(number) ? descriptor.asLasting() : descriptor);
        }
        latest = new DescriptorSnapshot(newestSerial, open);
    }

    private boolean isUnchanged() {
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

    private DescriptorSnapshot readAll() {
        Map<Integer, Descriptor> open = new HashMap<>();
        for (int number : numbers()) {
            Descriptor known = latest.at(number);
            Descriptor now = known != null && known.lasting() ? known : read(number, known);
            if (now != null) {
                open.put(number, now);
            }
        }
        return new DescriptorSnapshot(newestSerial, open);
    }

    /** The descriptor of that number, or null if there is none, as for the one that the listing itself had open. */
    private @Nullable Descriptor read(int number, @Nullable Descriptor known) {
        String target = target(number, known);
        if (target == null) {
            return null;
        }
        if (known != null && known.target().equals(target)) {
            return known;
        }
        Object inode = target.startsWith("/") ? inode(number) : null;
        if (known != null && inode != null && inode.equals(known.inode())) {
            return new Descriptor(known.serial(), number, target, inode, false); // renamed or deleted
        }
        boolean lasting = number <= LAST_STANDARD_STREAM || isFirstOf(target);
        return new Descriptor(++newestSerial, number, target, inode, lasting);
    }

    /** Whether the JDK keeps that file by this descriptor; a second one of the same file may be anybody's. */
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

    /** What the descriptor links to, null if it is closed, and what is known if the system won't say. */
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

    /** The open numbers, found by trying: when the process is out of descriptors, a directory can't be listed. */
    private int[] probe() {
        IntStream known = latest.descriptors().stream().mapToInt(Descriptor::number);
        IntStream found = IntStream.range(0, HIGHEST_NUMBER_PROBED)
                .filter(number -> target(number, null) != null)
                .limit(directory.length());
        return IntStream.concat(known, found).distinct().toArray();
    }
}
