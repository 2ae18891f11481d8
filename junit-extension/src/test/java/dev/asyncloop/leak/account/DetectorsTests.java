package dev.asyncloop.leak.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.registers.CombinedFutures;
import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each detector is asked, and at its turn: a leak that only it can find, or only then, is found. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class DetectorsTests {

    private static final Duration LONG = Duration.ofHours(1);

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    /** What a detector is there for. */
    enum Planted {
        PENDING_TASK(() -> Asyncio.createTask(() -> Asyncio.sleep(LONG)), Subject.Task.class),
        UNFINISHED_GENERATOR(() -> numbers().iterator().next(), Subject.Generator.class),
        PENDING_TIMER(() -> EventLoop.running().callLater(LONG, () -> {}), Subject.Handle.class),
        WHAT_A_LEAKED_TASK_MADE_COMES_AFTER_IT(
                () -> {
                    Asyncio.createTask(() -> {
                        EventLoop.running().callLater(LONG, () -> {});
                        numbers().iterator().next();
                        Asyncio.sleep(LONG);
                    });
                    Asyncio.sleep(Duration.ZERO);
                },
                Subject.Task.class,
                Subject.Generator.class,
                Subject.Handle.class),
        TASK_EXCEPTION(
                () -> {
                    Asyncio.createTask(DetectorsTests::fail);
                    Asyncio.sleep(Duration.ZERO);
                },
                Subject.TaskFailure.class),
        ENDLESS_CALLBACK(DetectorsTests::again, Subject.Handle.class),
        UNCLOSED_LOOP(EventLoop::create, Subject.Loop.class),
        UNCAUGHT_EXCEPTION_BEFORE_WHAT_IS_OPEN(
                () -> {
                    Thread.ofPlatform().start(DetectorsTests::fail).join();
                    open();
                },
                Subject.ThreadFailure.class,
                Subject.Descriptors.class),
        FILE_DESCRIPTOR(DetectorsTests::open, Subject.Descriptors.class),
        PLATFORM_THREAD(DetectorsTests::stay, Subject.PlatformThread.class),
        UNCAUGHT_EXCEPTION_OF_A_THREAD_THAT_WAS_WAITED_FOR(
                () -> Thread.ofPlatform().start(() -> {
                    pause(Duration.ofMillis(100));
                    fail();
                }),
                Subject.ThreadFailure.class);

        private final ThrowingRunnable body;
        private final List<Class<? extends Subject>> found;

        @SafeVarargs
        @SuppressWarnings("varargs") // only read
        Planted(ThrowingRunnable body, Class<? extends Subject>... found) {
            this.body = body;
            this.found = List.of(found);
        }
    }

    @BeforeAll
    static void see_who_looks_at_a_task() {
        assertThat(CombinedFutures.install()).isTrue(); // with the agent that LEFT has attached
    }

    private static AsyncGenerator<Integer> numbers() {
        return AsyncGenerator.of(emitter -> {
            emitter.emit(1);
            emitter.emit(2);
        });
    }

    private static void again() {
        EventLoop.running().callSoon(DetectorsTests::again);
    }

    private static void fail() {
        throw new IllegalStateException("planted");
    }

    private static void open() throws FileNotFoundException {
        LEFT.add(new FileInputStream("/proc/version"));
    }

    private static void stay() {
        Thread thread = Thread.ofPlatform().start(() -> pause(LONG));
        LEFT.add(thread::interrupt);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException ended) {
            // it ends anyway
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_finds_what_it_is_there_for(Planted planted) {
        assertThat(Leaks.find("planted", planted.body))
                .extracting(Leak::subject)
                .<Class<?>>extracting(Object::getClass)
                .containsExactlyElementsOf(planted.found);
    }
}
