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
 * <p>On a class it holds for the class, its subclasses and its nested classes; on a test method for that test. It can
 * be used as a meta-annotation, and brings the {@link AsyncLoopExtension} with it. Without it, or rather with {@code
 * @LoopScope(METHOD)}, every test has a loop of its own; the configuration parameter {@value
 * Constants#SCOPE_DEFAULT_PARAMETER} ({@code method}, {@code class}, {@code package} or {@code session}) names another
 * default.
 *
 * <h2>Sharing</h2>
 *
 * <p>With {@code CLASS}, the loop is made for the class that carries the annotation, and closed after its {@code
 * @AfterAll} methods. These, {@code @BeforeAll}, and all tests run on it, one after the other also in parallel
 * execution. What a test starts on it still belongs to the test and must end with it; what {@code @BeforeAll} starts
 * belongs to the class.
 *
 * <p>{@code PACKAGE} and {@code SESSION} are the same for all classes of a package, and for all of the run, that say
 * so. Their loop is closed after the last test of the run, since JUnit does not tell when a package is done. A class
 * has it for itself until its last test is over. It has the system's clock.
 *
 * <p>With {@code METHOD}, the methods of the class's own life cycle have a loop for themselves. What they leave on it,
 * such as a server that the tests talk to, goes on meanwhile, on a thread beside the tests; and so does what is on a
 * shared loop beside a test that has its own.
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

    /** How far one event loop reaches. */
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
         * What messages and accounts call one that is wider than a class, for {@code type}, which is not in another
         * class.
         */
        String nameFor(Class<?> type) {
            String name = type.getPackageName();
            return this == SESSION ? LateReports.OF_RUN : name.isEmpty() ? "the unnamed package" : "package " + name;
        }
    }
}
