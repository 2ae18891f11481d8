package dev.asyncloop.registers;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers of the descriptors that this process has open, as the kernel tells them. */
record OpenNumbers(Set<Integer> numbers) {

    static OpenNumbers now() {
        String[] names = new File("/proc/self/fd").list();
        return new OpenNumbers(Stream.of(names)
                // not the one by which they were read
                .filter(name -> Files.isSymbolicLink(Path.of("/proc/self/fd", name)))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Those that are open now and were not then. */
    Set<Integer> since() {
        Set<Integer> opened = now().numbers;
        opened.removeAll(numbers);
        return opened;
    }

    /** To be called after {@link DescriptorOrigins#install}, which opens package {@code java.io} to us. */
    static int of(FileDescriptor descriptor) {
        try {
            Field number = FileDescriptor.class.getDeclaredField("fd");
            number.setAccessible(true);
            return number.getInt(descriptor);
        } catch (ReflectiveOperationException unknownJdk) {
            throw new AssertionError(unknownJdk);
        }
    }

    /** To be called after {@link DescriptorOrigins#install}. */
    static void close(int number) throws ReflectiveOperationException, IOException {
        Constructor<FileDescriptor> descriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
        descriptor.setAccessible(true);
        new FileInputStream(descriptor.newInstance(number)).close();
    }
}
