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
 * Something that tests need and do not make themselves. A coroutine on an event loop makes it before the tests and
 * closes it after them.
 *
 * <p>A fixture is declared as a field with {@code @RegisterExtension}. A fixture in a static field is made once, on the
 * loop of its class; that may be the loop of the package or of the run, by {@link LoopScope}. A fixture in an instance
 * field is made for each test, on the loop of the test. Methods take the value as a parameter of its type, and so does
 * the constructor if the field is static.
 *
 * <p>What a fixture starts goes on beside the tests, and is charged to the fixture. What is left after the fixture is
 * closed fails its class, or for an instance field its test.
 *
 * <p>Fixtures are made before the {@code @BeforeAll} or {@code @BeforeEach} methods, in the order in which JUnit finds
 * the fields, and after the fixtures that they need. They are closed in the opposite order, after all tear-down. Call
 * the methods of this class in initialisers of fields only.
 *
 * @param <T> the type of the value
 */
public final class LoopFixture<T> implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

    /** Makes a value from that of another fixture. */
    @FunctionalInterface
    public interface From<A, T> {

        /**
         * Makes the value, in a coroutine on the loop of the fixture.
         *
         * @throws Exception whatever it throws fails the tests
         */
        T make(A needed) throws Exception;
    }

    /** Makes a value from those of two other fixtures. */
    @FunctionalInterface
    public interface FromBoth<A, B, T> {

        /**
         * Makes the value, in a coroutine on the loop of the fixture.
         *
         * @throws Exception whatever it throws fails the tests
         */
        T make(A first, B second) throws Exception;
    }

    /** Closes the value of a fixture. */
    @FunctionalInterface
    public interface Closer<T> {

        /**
         * Closes the value, in the coroutine that made it.
         *
         * @throws Exception whatever it throws fails the class, or for an instance field the test
         */
        void close(T value) throws Exception;
    }

    /** Makes a value from the values that it needs, in the order in which they were named. */
    private interface Maker<T> {

        T make(List<Object> needed) throws Exception;
    }

    private final Class<? super T> type;
    private final Maker<? extends T> maker;

    /** The fixtures that this one needs. An entry is null if its field was not initialised yet. */
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
     * The test class for which this was last made as a static field: there is nothing to do before each of its tests.
     * Any thread.
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

    /** A fixture that needs another one: {@code maker} makes it from the value of {@code needed}. */
    @SuppressWarnings("unchecked") // the value of a LoopFixture<A> is an A
    public static <A, T> LoopFixture<T> of(
            Class<? super T> type, LoopFixture<A> needed, From<? super A, ? extends T> maker) {
        Objects.requireNonNull(maker, "maker");
        return new LoopFixture<>(type, values -> maker.make((A) values.get(0)), needed);
    }

    /** A fixture that needs two others: {@code maker} makes it from the values of {@code first} and {@code second}. */
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
     * Closes the value by {@code closer}. Without this, a value that is {@link AutoCloseable} is closed by
     * {@code close()}. Returns this.
     */
    public LoopFixture<T> closedBy(Closer<? super T> closer) {
        this.closer = Objects.requireNonNull(closer, "closer");
        return this;
    }

    /**
     * How long a static fixture lives, and on whose loop. Without this, it lives as long as the loop of its class. With
     * {@code SESSION}, one value is made for all classes that have this object as a field, whatever loops their tests
     * have. Returns this.
     *
     * @throws IllegalArgumentException if {@code scope} is {@code METHOD}: that is an instance field
     */
    public LoopFixture<T> scope(Scope scope) {
        if (scope == Scope.METHOD) {
            throw new IllegalArgumentException("a fixture with scope METHOD is an instance field, not a static one");
        }
        this.scope = Objects.requireNonNull(scope, "scope");
        return this;
    }

    /**
     * How long making and closing may take, each. Without this, as long as a phase of a test. Returns this.
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
     * Describes the value in the failures of tests that have this fixture, for example by the end of its log. An empty
     * text adds nothing. {@code description} is called after the test's tear-down, on JUnit's thread. Returns this.
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

    /** For JUnit: makes the value of a static field. */
    @Override
    public void beforeAll(ExtensionContext context) {
        DeclaredFixture declared = DeclaredFixture.of(this, context);
        declared.ensureMade(context);
        madeFor = declared.isForEachTest() ? null : context.getRequiredTestClass();
    }

    /** For JUnit: makes the value of an instance field. */
    @Override
    public void beforeEach(ExtensionContext context) {
        if (madeFor != context.getRequiredTestClass()) {
            beforeAll(context);
        }
    }

    /** For JUnit: adds the description to the failure of a test. */
    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException()
                .ifPresent(failure -> DeclaredFixture.of(this, context)
                        .made(context)
                        .map(MadeFixture::describe)
                        .filter(text -> !text.isEmpty())
                        .ifPresent(text -> failure.addSuppressed(new Note(text))));
    }

    /** Gives a session what this declares, as it is when the session asks. */
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
