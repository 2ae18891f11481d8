package dev.asyncloop.leak.leftovers;

import dev.asyncloop.jdk.LoaderArchives;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.descriptors.ProcessDescriptors;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.text.TypeNames;
import java.net.URLClassLoader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class loader that nobody closed, and the archives that it holds open. */
record LeftoverLoader(URLClassLoader loader, List<String> archives, Beginning beginning) implements Begun {

    private static final String FIX = "close it, e.g. with try-with-resources";

    static @Nullable List<Leftover> of(Object thing, Beginning beginning) {
        if (!(thing instanceof URLClassLoader loader)) {
            return null;
        }
        if (KeptForAll.contains(beginning, List.of())) {
            return List.of();
        }
        List<String> archives = LoaderArchives.heldBy(loader).stream()
                .filter(ProcessDescriptors.INSTANCE::isOpen)
                .toList();
        return archives.isEmpty() ? List.of() : List.of(new LeftoverLoader(loader, archives, beginning));
    }

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.FILE_DESCRIPTOR,
                new Subject.Loader(TypeNames.of(loader.getClass()), archives),
                beginning.fromUserCode(),
                List.of(),
                FIX,
                null,
                null);
    }

    @Override
    public boolean isThere() {
        return archives.stream().anyMatch(ProcessDescriptors.INSTANCE::isOpen);
    }

    @Override
    public List<Object> parts() {
        return List.of(loader);
    }

    @Override
    public boolean mayEnd() {
        return false;
    }
}
