package dev.asyncloop.jupiter;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.jupiter.session.ClassSession;
import dev.asyncloop.jupiter.session.Phase;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.VirtualClock;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs each test on an event loop and fails it for what it leaves behind.
 *
 * <p>The constructor, set-up, test and tear-down run in one coroutine on the loop of the test. They run on the thread
 * on which JUnit runs the test, and with that thread's thread-locals. A constructor, method or test may have a
 * parameter of type {@link EventLoop}.
 *
 * <p>After all tear-down, a test fails with a {@link dev.asyncloop.leak.LeakError} for tasks and virtual threads that
 * have not ended, timers that are not due, exceptions of tasks that nobody looked at, event loops and async generators
 * that were not closed, and file descriptors that it opened. If the test has failed already, the error is a suppressed
 * exception of that failure. Everything that is left on the loop is then cancelled or closed.
 *
 * <p>No phase hangs for ever. A phase that takes longer than the configuration parameter
 * {@value Constants#TIMEOUT_PARAMETER} allows is cancelled, and fails with a
 * {@link dev.asyncloop.loop.StuckLoopException} that shows every task. A phase also fails in this way when it is
 * certain that nothing can wake its loop any more. The same dump is logged when JUnit's {@code @Timeout} strikes.
 *
 * <p>{@link LoopScope} says which tests share a loop. {@link VirtualTime} lets the clock of a loop run ahead.
 * {@link Constants} has the names of what can be configured.
 */
public final class AsyncLoopExtension
        implements InvocationInterceptor,
                ParameterResolver,
                BeforeAllCallback,
                BeforeEachCallback,
                BeforeTestExecutionCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                AfterAllCallback,
                PreInterruptCallback {

    private final LeftOut leftOut = new LeftOut();

    /** For JUnit. */
    public AsyncLoopExtension() {}

    /** Lets the constructor of a test have the loop of the test, and not that of its class. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!leftOut.contains(context)) {
            Sessions.of(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!leftOut.contains(context)) {
            Sessions.ofTest(context).instanceIsReady();
        }
    }

    /** Notes that the test method is about to be called, through the interceptors of all extensions. */
    @Override
    public void beforeTestExecution(ExtensionContext context) {
        if (!leftOut.contains(context)) {
            Sessions.ofTest(context).testBegins(context.getRequiredTestMethod());
        }
    }

    /** Fails a test whose method another extension kept from the loop. */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (!leftOut.contains(context)) {
            Sessions.ofTest(context)
                    .testEnded(context.getExecutionException().isPresent())
                    .ifPresent(bypassed -> {
                        throw new ExtensionConfigurationException(bypassed);
                    });
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!leftOut.contains(context)) {
            Sessions.of(context).phasesEnded();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Sessions.ofClassIfMade(context).ifPresent(ClassSession::phasesEnded); // there is none if the set-up was refused
    }

    /** Called on the thread that watches the time. */
    @Override
    public void beforeThreadInterrupt(PreInterruptContext interrupt, ExtensionContext context) {
        if (!leftOut.contains(context)) {
            Sessions.timesOut(context, interrupt.getThreadToInterrupt());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return isLoopType(parameter.getParameter().getType()) && !leftOut.contains(context)
                || FixtureParameter.asksForFixture(parameter, context);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (!isLoopType(type)) {
            return FixtureParameter.resolve(parameter, context);
        }
        EventLoop loop = Sessions.loopFor(parameter.getDeclaringExecutable(), context);
        if (type == EventLoop.class) {
            return loop;
        }
        if (type != VirtualClock.class) {
            throw new ParameterResolutionException("asyncloop injects an EventLoop, not a " + type.getSimpleName()
                    + "; take the loop as parameter and make it in the method");
        }
        if (loop.clock() instanceof VirtualClock clock) {
            return clock;
        }
        throw new ParameterResolutionException(Names.of(parameter.getDeclaringExecutable())
                + " asks for a VirtualClock, but its loop has the system's clock; annotate "
                + Sessions.of(context).loop().ownerName() + " with @VirtualTime");
    }

    private static boolean isLoopType(Class<?> type) {
        return type.getPackage() == EventLoop.class.getPackage();
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation,
            ReflectiveInvocationContext<Constructor<T>> invocationContext,
            ExtensionContext context) {
        return leftOut.contains(context)
                ? proceed(invocation)
                : Sessions.of(context).runConstructor(phase(invocation));
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        onLoop(invocation, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        onLoop(invocation, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        testOnLoop(invocation, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        return testOnLoop(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        testOnLoop(invocation, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) {
        if (leftOut.contains(context)) {
            proceed(invocation);
        } else {
            Sessions.ofDynamicTest(context).run(phase(invocation));
        }
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        onLoop(invocation, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        onLoop(invocation, context);
    }

    /** Runs any phase of the life cycle except the constructor. Throws exactly what the phase throws. */
    private <T extends @Nullable Object> T onLoop(Invocation<T> invocation, ExtensionContext context) {
        return leftOut.contains(context)
                ? proceed(invocation)
                : Sessions.of(context).run(phase(invocation));
    }

    private <T extends @Nullable Object> T testOnLoop(Invocation<T> invocation, ExtensionContext context) {
        return leftOut.contains(context)
                ? proceed(invocation)
                : Sessions.ofTest(context).runTest(phase(invocation));
    }

    private static <T extends @Nullable Object> T proceed(Invocation<T> invocation) {
        try {
            return invocation.proceed();
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    private static <T extends @Nullable Object> Phase<T> phase(Invocation<T> invocation) {
        return invocation::proceed;
    }
}
