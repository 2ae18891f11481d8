package dev.asyncloop.jupiter;

import dev.asyncloop.leak.account.LateReports;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Says which tests share an event loop.
 *
 * <p>On a class, it holds for the class, its subclasses and its nested classes; on a test method, for that test. It
 * brings the {@link AsyncLoopExtension} with it, and can be used as a meta-annotation. Without it, or with
 * {@code @LoopScope(METHOD)}, every test has a loop of its own. The configuration parameter
 * {@value Constants#SCOPE_DEFAULT_PARAMETER} ({@code method}, {@code class}, {@code package} or {@code session}) sets
 * another default.
 *
 * <h2>Sharing</h2>
 *
 * <p>With {@code CLASS}, the loop is made for the class that carries the annotation, and is closed after its
 * {@code @AfterAll} methods. {@code @BeforeAll}, all tests and {@code @AfterAll} run on it, one after another even in
 * parallel execution. What a test starts on it still belongs to the test and must end with it. What {@code @BeforeAll}
 * starts belongs to the class.
 *
 * <p>With {@code PACKAGE} or {@code SESSION}, all such classes of a package, or of the run, share one loop. It is
 * closed after the last test of the run, since JUnit does not tell when a package is done. One class at a time has it,
 * until its last test is over. The loop has the system's clock.
 *
 * <p>With {@code METHOD}, the {@code @BeforeAll} and {@code @AfterAll} methods have a loop for themselves. What they
 * leave on it, such as a server that the tests talk to, goes on beside the tests, on another thread. What is on a
 * shared loop goes on in the same way beside a test that has a loop of its own.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(AsyncLoopExtension.class)
@ResourceLock(providers = LoopLocks.class)
public @interface LoopScope {

    /** Which tests share the loop. */
    Scope value();

    /** Which tests share one event loop. */
    enum Scope {
        /** A loop for each test. */
        METHOD,
        /** A loop for all tests of a class. */
        CLASS,
        /** A loop for all tests of a package, without those of the packages in it. */
        PACKAGE,
        /** A loop for all tests of the run. */
        SESSION;

        /** Whether several classes share the loop. */
        boolean isWiderThanClass() {
            return this == PACKAGE || this == SESSION;
        }

        /**
         * The name in messages and accounts of a package or the run, for {@code type}, which is not nested in another
         * class.
         */
        String nameFor(Class<?> type) {
            String name = type.getPackageName();
            return this == SESSION ? LateReports.OF_RUN : name.isEmpty() ? "the unnamed package" : "package " + name;
        }
    }
}
