package dev.asyncloop.jupiter.leaks;

import dev.asyncloop.leak.detect.Surroundings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;

/** Where the code of a test, a class or a run keeps things, as JUnit knows it. On the thread of the account. */
record PlacesOfContext(ExtensionContext context) implements Surroundings {

    private boolean isClass() {
        return context.getTestMethod().isEmpty() && context.getTestClass().isPresent();
    }

    @Override
    public @Nullable Class<?> type() {
        return isClass() ? context.getRequiredTestClass() : null;
    }

    @Override
    public List<Object> instances() {
        return isClass() ? instanceOfClass(context).map(List::of).orElse(List.of()) : List.of();
    }

    /** The instances of a test, without those that its classes share and what is around these. */
    @Override
    public List<Object> ending() {
        if (isClass()) {
            return List.of();
        }
        List<Object> instances =
                context.getTestInstances().map(TestInstances::getAllInstances).orElse(List.of());
        int first = 0;
        for (ExtensionContext each = context;
                each != null;
                each = each.getParent().orElse(null)) {
            Object shared = instanceOfClass(each).orElse(null);
            for (int i = first; i < instances.size(); i++) {
                if (instances.get(i) == shared) {
                    first = i + 1; // an inner instance refers to the one around it
                }
            }
        }
        return instances.subList(first, instances.size());
    }

    /** The instance that all tests of a class share. */
    private static Optional<Object> instanceOfClass(ExtensionContext each) {
        return each.getTestInstanceLifecycle()
                .filter(Lifecycle.PER_CLASS::equals)
                .flatMap(shared -> each.getTestInstance());
    }

    @Override
    public @Nullable Object store() {
        return isClass() ? context : null;
    }

    @Override
    public Object storeOfRun() {
        return context.getRoot();
    }
}
