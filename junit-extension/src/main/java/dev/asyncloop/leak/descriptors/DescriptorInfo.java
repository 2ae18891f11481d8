package dev.asyncloop.leak.descriptors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel says about one descriptor in {@code /proc/self/fdinfo}.
 *
 * @param writable whether it was opened for writing
 * @param watched the numbers of the descriptors that it watches, if it is an epoll
 */
record DescriptorInfo(boolean writable, List<Integer> watched) {

    private static final int ACCESS_MODE = 3;

    static DescriptorInfo read(Path self, int number) {
        boolean writable = false;
        List<Integer> watched = new ArrayList<>();
        for (String line : lines(self.resolve("fdinfo").resolve(Integer.toString(number)))) {
            String[] words = line.split("\\s+");
            switch (words[0]) {
                case "flags:" -> writable = (Integer.parseInt(words[1], 8) & ACCESS_MODE) != 0;
                case "tfd:" -> watched.add(Integer.valueOf(words[1]));
                default -> {}
            }
        }
        return new DescriptorInfo(writable, watched);
    }

    static boolean isDirectory(Path self, int number) {
        return Files.isDirectory(self.resolve("fd").resolve(Integer.toString(number)));
    }

    /** Whether that descriptor wakes up a selector or a channel group. */
    static boolean isWakeUp(Path self, int number) {
        try {
            String target = Files.readSymbolicLink(self.resolve("fd").resolve(Integer.toString(number)))
                    .toString();
            return target.equals("anon_inode:[eventfd]") || target.startsWith("pipe:[");
        } catch (IOException closed) {
            return false;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException closed) {
            return List.of();
        }
    }
}
