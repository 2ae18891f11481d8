package dev.asyncloop.leak.leftovers;

import dev.asyncloop.jdk.LoaderArchives;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.descriptors.ProcessDescriptors;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.text.TypeNames;
import java.net.URLClassLoader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class loader that nobody closed, and the archives that it holds open. */
record LeftoverLoader(String type, List<String> archives, List<StackTraceElement> created) implements Leftover {

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
        return archives.isEmpty()
                ? List.of()
                : List.of(new LeftoverLoader(TypeNames.of(loader.getClass()), archives, beginning.fromUserCode()));
    }

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.FILE_DESCRIPTOR, new Subject.Loader(type, archives), created, List.of(), FIX, null, null);
    }

    @Override
    public boolean mayEnd() {
        return false;
    }
}
