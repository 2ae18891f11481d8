package dev.asyncloop.samples.holders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** A context that Spring keeps for the tests of several classes, with pools whose threads start when a test first needs them. */
class SpringTests {

    public static class Orders {

        @Async
        public CompletableFuture<Integer> count() {
            return CompletableFuture.completedFuture(1);
        }

        @Async
        public void work(CountDownLatch end) throws InterruptedException {
            end.await();
        }

        @Async
        public void fail(CountDownLatch failing) {
            failing.countDown();
            throw new IllegalStateException("nobody sees it");
        }

        @Scheduled(fixedRate = 50)
        public void tick() {}
    }

    @EnableAsync
    @EnableScheduling
    @Configuration
    static class Context {

        @Bean
        Orders orders() {
            return new Orders();
        }

        @Bean
        ThreadPoolTaskExecutor taskExecutor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(2);
            return executor;
        }

        @Bean
        ThreadPoolTaskScheduler taskScheduler() {
            return new ThreadPoolTaskScheduler();
        }
    }

    @Configuration
    static class ContextOfAnother extends Context {}

    @SpringJUnitConfig(Context.class)
    static class WithThePoolOfItsContext {
        @Autowired
        Orders orders;

        @Test
        void waits_for_a_job() {
            assertThat(orders.count().join()).isEqualTo(1);
        }

        @Test
        void waits_for_another() {
            assertThat(orders.count().join()).isEqualTo(1);
        }
    }

    @SpringJUnitConfig(ContextOfAnother.class)
    static class WithoutUse {
        @Autowired
        Orders orders;

        @Test
        void does_nothing() {}
    }

    @DirtiesContext
    @SpringJUnitConfig(ContextOfAnother.class)
    static class WithAContextThatIsClosed {
        @Autowired
        Orders orders;

        @Test
        void waits_for_a_job() {
            assertThat(orders.count().join()).isEqualTo(1);
        }
    }

    static class WithAContextOfItsOwn {
        @Test
        void closes_it() {
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Context.class)) {
                assertThat(context.getBean(Orders.class).count().join()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                WithThePoolOfItsContext.class,
                WithoutUse.class,
                WithAContextThatIsClosed.class,
                WithAContextOfItsOwn.class
            })
    void nobody_is_blamed_for_a_context_that_Spring_keeps_or_that_is_closed(Class<?> specimen) {
        assertThat(Blame.of(specimen)).isEmpty();
    }

    static class ThatLeavesItsContext {
        @Test
        void leaves_it() {
            assertThat(new AnnotationConfigApplicationContext(Context.class).isActive())
                    .isTrue();
        }
    }

    @Test
    void the_test_is_blamed_for_a_context_that_it_does_not_close() {
        assertThat(Blame.of(ThatLeavesItsContext.class)).containsOnlyKeys("leaves_it");
    }

    @SpringJUnitConfig(Context.class)
    static class ThatDoesNotWait {
        static final CountDownLatch END = new CountDownLatch(1);

        @Autowired
        Orders orders;

        @Test
        void leaves_a_job() throws InterruptedException {
            orders.work(END);
        }

        @Test
        void leaves_a_failure() throws InterruptedException {
            CountDownLatch failing = new CountDownLatch(1);
            orders.fail(failing);
            failing.await();
        }
    }

    /** What the jobs themselves leave is another matter. */
    @Test
    void neither_test_is_blamed_for_the_threads_of_the_context() {
        try {
            assertThat(Blame.of(ThatDoesNotWait.class).values())
                    .allSatisfy(entries -> assertThat(entries)
                            .noneMatch(entry -> entry.startsWith("platform-thread") || entry.startsWith("executor")));
        } finally {
            ThatDoesNotWait.END.countDown();
        }
    }
}
