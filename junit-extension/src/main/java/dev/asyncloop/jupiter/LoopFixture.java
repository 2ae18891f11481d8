package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.jupiter.session.FixtureRecipe;
import dev.asyncloop.jupiter.session.MadeFixture;
import dev.asyncloop.text.Note;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What tests need and do not make themselves: made by a coroutine on an event loop before them, and closed by the same
 * coroutine after them.
 *
 * <p>A field with {@code @RegisterExtension}. A static one is made once, on the loop of its class, or on that of the
 * package or the run where the class shares it by {@link LoopScope}; an instance field is made for each test, on the
 * test's loop. Methods, and for static ones the constructor, take it as a parameter of its type. What it starts goes on
 * beside the tests, and is charged to the fixture: what is left of it once it is closed fails its class, or for an
 * instance field its test.
 *
 * <p>Fixtures are made before {@code @BeforeAll} or {@code @BeforeEach} methods, in the order in which JUnit finds the
 * fields, and what one needs before it; they are closed in the opposite order, after all tear-down. The methods of this
 * class are for initialisers of fields.
 */
public final class LoopFixture<T> implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

    /** Makes a fixture from another. */
    @FunctionalInterface
    public interface From<A, T> {

        /**
         * Makes it.
         *
         * @throws Exception whatever it throws fails the tests
         */
        T make(A needed) throws Exception;
    }

    /** Makes a fixture from two others. */
    @FunctionalInterface
    public interface FromBoth<A, B, T> {

        /**
         * Makes it.
         *
         * @throws Exception whatever it throws fails the tests
         */
        T make(A first, B second) throws Exception;
    }

    /** Closes a fixture. */
    @FunctionalInterface
    public interface Closer<T> {

        /**
         * Closes it.
         *
         * @throws Exception whatever it throws fails the class, or for an instance field the test
         */
        void close(T value) throws Exception;
    }

    /** Makes a value from those of what is needed, in that order. */
    private interface Maker<T> {

        T make(List<Object> needed) throws Exception;
    }

    private final Class<? super T> type;
    private final Maker<? extends T> maker;

    /** An entry is null where a field was not initialised yet. */
    private final List<@Nullable LoopFixture<?>> needed;

    private Closer<? super T> closer = value -> {
        if (value instanceof AutoCloseable closeable) {
            closeable.close();
        }
    };
    private @Nullable Scope scope;
    private @Nullable Duration timeout;
    private Function<? super T, String> description = value -> "";

    private final FixtureRecipe<T> recipe = new Recipe();

    /**
     * The test class that last had it made as a static field: there is nothing to do before each of its tests. Any
     * thread.
     */
    private volatile @Nullable Class<?> madeFor;

    private LoopFixture(Class<? super T> type, Maker<? extends T> maker, @Nullable LoopFixture<?>... needed) {
        this.type = Objects.requireNonNull(type, "type");
        this.maker = maker;
        this.needed = Arrays.asList(needed);
    }

    /** A fixture that {@code maker} makes, for parameters of {@code type} or a supertype. */
    public static <T> LoopFixture<T> of(Class<? super T> type, Callable<? extends T> maker) {
        Objects.requireNonNull(maker, "maker");
        return new LoopFixture<>(type, none -> maker.call());
    }

    /** The same of a fixture that needs another one. */
    @SuppressWarnings("unchecked") // the value of a LoopFixture<A> is an A
    public static <A, T> LoopFixture<T> of(
            Class<? super T> type, LoopFixture<A> needed, From<? super A, ? extends T> maker) {
        Objects.requireNonNull(maker, "maker");
        return new LoopFixture<>(type, values -> maker.make((A) values.get(0)), needed);
    }

    /** The same of a fixture that needs two others. */
    @SuppressWarnings("unchecked") // the value of a LoopFixture<A> is an A
    public static <A, B, T> LoopFixture<T> of(
            Class<? super T> type,
            LoopFixture<A> first,
            LoopFixture<B> second,
            FromBoth<? super A, ? super B, ? extends T> maker) {
        Objects.requireNonNull(maker, "maker");
        return new LoopFixture<>(type, values -> maker.make((A) values.get(0), (B) values.get(1)), first, second);
    }

    /**
     * Closes it by {@code closer}; without this, by its {@code close()} if it is {@link AutoCloseable}. Returns this.
     */
    public LoopFixture<T> closedBy(Closer<? super T> closer) {
        this.closer = Objects.requireNonNull(closer, "closer");
        return this;
    }

    /**
     * How long a static one lives, and on whose loop; without this, as long as the loop of its class. With {@code
     * SESSION} one is made for all classes that have this object as a field, whatever loops their tests have. Returns
     * this.
     *
     * @throws IllegalArgumentException if it is {@code METHOD}: that is an instance field
     */
    public LoopFixture<T> scope(Scope scope) {
        if (scope == Scope.METHOD) {
            throw new IllegalArgumentException("a fixture with scope METHOD is an instance field, not a static one");
        }
        this.scope = Objects.requireNonNull(scope, "scope");
        return this;
    }

    /**
     * How long it may take to make it, and to close it; without this, as long as a phase of a test. Returns this.
     *
     * @throws IllegalArgumentException if {@code timeout} is not positive
     */
    public LoopFixture<T> timeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout of a fixture must be positive, and is " + timeout);
        }
        this.timeout = timeout;
        return this;
    }

    /**
     * What is to be told of it where a test fails that has it, such as the end of its log; nothing where the text is
     * empty. It is called after the test's tear-down, on JUnit's thread. Returns this.
     */
    public LoopFixture<T> describedBy(Function<? super T, String> description) {
        this.description = Objects.requireNonNull(description, "description");
        return this;
    }

    Class<? super T> type() {
        return type;
    }

    List<@Nullable LoopFixture<?>> needed() {
        return needed;
    }

    @Nullable
    Scope scope() {
        return scope;
    }

    FixtureRecipe<T> recipe() {
        return recipe;
    }

    /** For JUnit: makes a static one. */
    @Override
    public void beforeAll(ExtensionContext context) {
        DeclaredFixture declared = DeclaredFixture.of(this, context);
        declared.ensureMade(context);
        madeFor = declared.isForEachTest() ? null : context.getRequiredTestClass();
    }

    /** For JUnit: makes that of an instance field. */
    @Override
    public void beforeEach(ExtensionContext context) {
        if (madeFor != context.getRequiredTestClass()) {
            beforeAll(context);
        }
    }

    /** For JUnit: adds what is told of it to the failure of a test. */
    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException()
                .ifPresent(failure -> DeclaredFixture.of(this, context)
                        .made(context)
                        .map(MadeFixture::describe)
                        .filter(text -> !text.isEmpty())
                        .ifPresent(text -> failure.addSuppressed(new Note(text))));
    }

    /** What this says, for whoever makes it. It speaks of the fixture as it is when it is asked. */
    private final class Recipe implements FixtureRecipe<T> {

        @Override
        public T make(List<Object> values) throws Exception {
            return Objects.requireNonNull(maker.make(values), "it is null");
        }

        @Override
        public void close(T value) throws Exception {
            closer.close(value);
        }

        @Override
        public String describe(T value) {
            return description.apply(value);
        }

        @Override
        public @Nullable Duration timeout() {
            return timeout;
        }

        @Override
        public AssertionError error(String message, Throwable cause) {
            return new FixtureError(message, cause);
        }
    }
}
