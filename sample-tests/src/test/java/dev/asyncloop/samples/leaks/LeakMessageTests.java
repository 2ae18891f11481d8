package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.samples.Sources;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.opentest4j.AssertionFailedError;

/**
 * What each kind of leak is told as, word for word.
 *
 * <p>In the expected texts, {@code (Mailer.java:<outbox.take>)} stands for the number of the line that contains
 * {@code outbox.take}, and {@code <first outbox.take>} for that of the first such line.
 */
class LeakMessageTests {

    private static final Pattern LINE = Pattern.compile("\\((\\w+\\.java):<(.+?)>\\)");
    private static final String FIRST = "first ";

    @Test
    void a_task_that_is_never_ended() {
        LeakRun run = LeakRun.of(PendingTaskLeak.class);

        assertThat(run.failed()).isEqualTo("counts_apples()");
        assertThat(run.passedAfter()).containsExactly("counts_apples_and_stops()");
        assertLeaks(run, LeakKind.PENDING_TASK, """
            PendingTaskLeak.counts_apples() left 1 thing behind
              1. pending task "poll-inventory" (suspended in sleep, 5 min left)
                   created  dev.asyncloop.samples.leaks.Inventory.start(Inventory.java:<createTask>)
                   in       dev.asyncloop.samples.leaks.PendingTaskLeak.counts_apples(PendingTaskLeak.java:<first inventory.start>)
                   waiting  dev.asyncloop.samples.leaks.Inventory.poll(Inventory.java:<Asyncio.sleep>)
                   fix      await or cancel it, or start it with createBackgroundTask\
            """);
    }

    @Test
    void a_fixture_that_nobody_stops() {
        LeakRun run = LeakRun.of(FixtureLeak.class);

        assertThat(run.failed()).isEqualTo(FixtureLeak.class.getName());
        assertLeaks(run, LeakKind.PENDING_TASK, """
            FixtureLeak.INVENTORY left 1 thing behind
              1. pending task "poll-inventory" (suspended in sleep, 5 min left)
                   created  dev.asyncloop.samples.leaks.Inventory.start(Inventory.java:<createTask>)
                   waiting  dev.asyncloop.samples.leaks.Inventory.poll(Inventory.java:<Asyncio.sleep>)
                   fix      await or cancel it, or start it with createBackgroundTask\
            """);
    }

    @Test
    void a_virtual_thread_that_is_never_ended() {
        LeakRun run = LeakRun.of(VirtualThreadLeak.class);

        assertThat(run.failed()).isEqualTo("sends_a_mail()");
        assertThat(run.passedAfter()).containsExactly("sends_a_mail_and_stops()");
        assertLeaks(run, LeakKind.PENDING_TASK, """
            VirtualThreadLeak.sends_a_mail() left 1 thing behind
              1. virtual thread "mailer" (suspended in LinkedBlockingQueue.take)
                   created  dev.asyncloop.samples.leaks.Mailer.<init>(Mailer.java:<Thread.ofVirtual>)
                   in       dev.asyncloop.samples.leaks.VirtualThreadLeak.<init>(VirtualThreadLeak.java:<first new Mailer>)
                   waiting  dev.asyncloop.samples.leaks.Mailer.sendAll(Mailer.java:<outbox.take>)
                   fix      wait for it, e.g. by closing its executor, or interrupt it\
            """);
    }

    @Test
    void an_executor_that_is_never_closed() {
        LeakRun run = LeakRun.of(ExecutorLeak.class);

        assertThat(run.failed()).isEqualTo("takes_the_first_answer()");
        assertThat(run.passedAfter()).containsExactly("takes_the_first_answer_of_shops_that_all_answer()");
        assertLeaks(run, LeakKind.PENDING_TASK, """
            ExecutorLeak.takes_the_first_answer() left 1 thing behind
              1. virtual thread without a name (suspended in CompletableFuture.get)
                   created  dev.asyncloop.samples.leaks.PriceSearch.first(PriceSearch.java:<answers.submit>)
                   in       dev.asyncloop.samples.leaks.ExecutorLeak.takes_the_first_answer(ExecutorLeak.java:<first PriceSearch.first>)
                   waiting  dev.asyncloop.samples.leaks.PriceSearch$Shop.ask(PriceSearch.java:<price.get>)
                   fix      wait for it, e.g. by closing its executor, or interrupt it\
            """);
    }

    @Test
    void a_loop_that_is_never_closed() {
        LeakRun run = LeakRun.of(UnclosedLoopLeak.class);

        assertThat(run.failed()).isEqualTo("takes_a_reminder()");
        assertThat(run.passedAfter()).containsExactly("takes_a_reminder_and_is_closed()");
        assertLeaks(run, LeakKind.UNCLOSED_LOOP, """
            UnclosedLoopLeak.takes_a_reminder() left 1 thing behind
              1. unclosed event loop (no task pending)
                   created  dev.asyncloop.samples.leaks.Reminders.<init>(Reminders.java:<EventLoop.create>)
                   in       dev.asyncloop.samples.leaks.UnclosedLoopLeak.takes_a_reminder(UnclosedLoopLeak.java:<first new Reminders>)
                   fix      close it, e.g. with try-with-resources
                   below    pending timer, due in 60 min, of a lambda in UnclosedLoopLeak, created at dev.asyncloop.samples.leaks.Reminders.remind(Reminders.java:<loop.callLater>)\
            """);
    }

    @Test
    void a_generator_that_is_left_in_the_middle() {
        LeakRun run = LeakRun.of(UnfinishedGeneratorLeak.class);

        assertThat(run.failed()).isEqualTo("takes_one_number()");
        assertThat(run.passedAfter()).containsExactly("takes_one_number_and_closes()");
        assertLeaks(run, LeakKind.UNFINISHED_GENERATOR, """
            UnfinishedGeneratorLeak.takes_one_number() left 1 thing behind
              1. unfinished async generator (suspended in emit)
                   created  dev.asyncloop.samples.leaks.OrderNumbers.from(OrderNumbers.java:<AsyncGenerator.of>)
                   in       dev.asyncloop.samples.leaks.UnfinishedGeneratorLeak.takes_one_number(UnfinishedGeneratorLeak.java:<first OrderNumbers.from>)
                   waiting  dev.asyncloop.samples.leaks.OrderNumbers.lambda$from$0(OrderNumbers.java:<emitter.emit>)
                   fix      iterate it to the end or close it, e.g. with try-with-resources\
            """);
    }

    @Test
    void a_file_that_is_never_closed() {
        LeakRun run = LeakRun.of(FileLeak.class);

        assertThat(run.failed()).isEqualTo("adds_an_order()");
        assertThat(run.passedAfter()).containsExactly("adds_an_order_and_closes()");
        assertLeaks(run, LeakKind.FILE_DESCRIPTOR, """
            FileLeak.adds_an_order() left 1 thing behind
              1. open file descriptor 17 -> /tmp/orders.txt (deleted)
                   opened   dev.asyncloop.samples.leaks.OrderStore.<init>(OrderStore.java:<FileChannel.open>)
                   in       dev.asyncloop.samples.leaks.FileLeak.adds_an_order(FileLeak.java:<first new OrderStore>)
                   held     by the instance of FileLeak -> store -> file -> FileChannel
                   fix      close it in the test, e.g. with try-with-resources\
            """);
    }

    @Test
    void a_file_that_the_class_keeps() {
        LeakRun run = LeakRun.of(SharedStoreLeak.class);

        assertThat(run.failed()).isEqualTo(SharedStoreLeak.class.getName());
        assertLeaks(run, LeakKind.FILE_DESCRIPTOR, """
            SharedStoreLeak left 1 thing behind
              1. open file descriptor 17 -> /tmp/orders.txt
                   opened   dev.asyncloop.samples.leaks.OrderStore.<init>(OrderStore.java:<FileChannel.open>)
                   in       dev.asyncloop.samples.leaks.SharedStoreLeak.store(SharedStoreLeak.java:<new OrderStore>)
                   held     by the static SharedStoreLeak.store (OrderStore) -> file -> FileChannel
                   fix      close SharedStoreLeak.store in @AfterAll, by OrderStore.close()\
            """);
    }

    @Test
    void a_directory_that_is_never_closed() {
        LeakRun run = LeakRun.of(DirectoryLeak.class);

        assertThat(run.failed()).isEqualTo("lists_pictures()");
        assertThat(run.passedAfter()).containsExactly("lists_pictures_and_closes()");
        assertLeaks(run, LeakKind.FILE_DESCRIPTOR, """
            DirectoryLeak.lists_pictures() left 1 thing behind
              1. open file descriptors 17, 18 -> directory /tmp/pictures (deleted)
                   opened   dev.asyncloop.samples.leaks.Pictures.in(Pictures.java:<Files.list>)
                   in       dev.asyncloop.samples.leaks.DirectoryLeak.lists_pictures(DirectoryLeak.java:<first Pictures.in>)
                   held     by nobody any more: only the garbage collector can close it
                   fix      close the stream that Files.list, walk, find or newDirectoryStream gave, e.g. with try-with-resources\
            """);
    }

    @Test
    void a_server_that_is_never_closed() {
        LeakRun run = LeakRun.of(ServerSocketLeak.class);

        assertThat(run.failed()).isEqualTo("tells_the_time(EventLoop)");
        assertThat(run.passedAfter()).containsExactly("tells_the_time_and_closes(EventLoop)");
        assertLeaks(run, LeakKind.FILE_DESCRIPTOR, """
            ServerSocketLeak.tells_the_time() left 1 thing behind
              1. open file descriptor 17 -> TCP socket listening on 127.0.0.1:8080
                   opened   dev.asyncloop.samples.leaks.TimeServer.<init>(TimeServer.java:<new ServerSocket>)
                   in       dev.asyncloop.samples.leaks.ServerSocketLeak.tells_the_time(ServerSocketLeak.java:<first new TimeServer>)
                   held     by the instance of ServerSocketLeak -> server -> … -> SocketImpl
                   fix      shut the server down, or close its server socket\
            """);
    }

    @Test
    void a_socket_that_is_never_closed() {
        LeakRun run = LeakRun.of(SocketLeak.class);

        assertThat(run.failed()).isEqualTo("asks_for_the_time(EventLoop)");
        assertThat(run.passedAfter()).containsExactly("asks_for_the_time_and_closes(EventLoop)");
        assertLeaks(run, LeakKind.FILE_DESCRIPTOR, """
            SocketLeak.asks_for_the_time() left 1 thing behind
              1. open file descriptor 17 -> TCP socket 127.0.0.1:54608 -> 127.0.0.1:42765 (CLOSE_WAIT)
                   opened   dev.asyncloop.samples.leaks.TimeClient.<init>(TimeClient.java:<new Socket>)
                   in       dev.asyncloop.samples.leaks.SocketLeak.asks_for_the_time(SocketLeak.java:<first new TimeClient>)
                   held     by the instance of SocketLeak -> client -> … -> SocketImpl
                   fix      close the socket or channel, or the client that owns it, e.g. with HttpClient.close()\
            """);
    }

    @Test
    @EnabledForJreRange(maxVersion = 25, disabledReason = "the client's selector is a virtual thread there: see below")
    void an_http_client_that_is_never_closed() {
        LeakRun run = LeakRun.of(HttpClientLeak.class);

        assertThat(run.failed()).isEqualTo("addresses_a_parcel()");
        assertThat(run.passedAfter()).containsExactly("addresses_a_parcel_and_closes()");
        assertLeaks(run, LeakKind.FILE_DESCRIPTOR, """
            HttpClientLeak.addresses_a_parcel() left 1 thing behind
              1. open selector (epoll 17, eventfd 18)
                   opened   dev.asyncloop.samples.leaks.Shipping.<init>(Shipping.java:<newHttpClient>)
                   in       dev.asyncloop.samples.leaks.HttpClientLeak.<init>(HttpClientLeak.java:<first new Shipping>)
                   held     by the instance of HttpClientLeak -> shipping -> … -> Selector
                   fix      close the HttpClient, e.g. with try-with-resources\
            """);
    }

    @Test
    @EnabledForJreRange(minVersion = 26, disabledReason = "the client's selector runs on a platform thread: see above")
    void an_http_client_that_is_never_closed_and_waits_on_the_loop() {
        LeakRun run = LeakRun.of(HttpClientLeak.class);

        assertThat(run.failed()).isEqualTo("addresses_a_parcel()");
        assertThat(run.passedAfter()).containsExactly("addresses_a_parcel_and_closes()");
        assertLeaks(run, LeakKind.PENDING_TASK, """
            HttpClientLeak.addresses_a_parcel() left 1 thing behind
              1. virtual thread "HttpClient-1-SelectorManager" (suspended in HttpClientImpl$SelectorManager.run)
                   created  dev.asyncloop.samples.leaks.Shipping.<init>(Shipping.java:<newHttpClient>)
                   fix      close the HttpClient, e.g. with try-with-resources\
            """);
    }

    @Test
    void what_set_up_started_is_charged_to_the_test() {
        LeakRun run = LeakRun.of(SetUpLeak.class);

        assertThat(run.failed()).isEqualTo("counts_apples()");
        assertThat(run.passedAfter()).containsExactly("counts_apples_and_stops()");
        assertLeaks(run, LeakKind.PENDING_TASK, """
            SetUpLeak.counts_apples() left 1 thing behind
              1. pending task "poll-inventory" (suspended in sleep, 5 min left)
                   created  dev.asyncloop.samples.leaks.Inventory.start(Inventory.java:<createTask>)
                   in       dev.asyncloop.samples.leaks.SetUpLeak.start(SetUpLeak.java:<first inventory.start>)
                   waiting  dev.asyncloop.samples.leaks.Inventory.poll(Inventory.java:<Asyncio.sleep>)
                   fix      await or cancel it, or start it with createBackgroundTask\
            """);
    }

    @Test
    void what_the_class_started_is_charged_to_the_class() {
        LeakRun run = LeakRun.of(ClassSetUpLeak.class);

        assertThat(run.failed()).isEqualTo(ClassSetUpLeak.class.getName());
        assertThat(run.passedAfter()).isEmpty();
        assertLeaks(run, LeakKind.PENDING_TASK, """
            ClassSetUpLeak left 1 thing behind
              1. pending task "poll-inventory" (suspended in sleep, 5 min left)
                   created  dev.asyncloop.samples.leaks.Inventory.start(Inventory.java:<createTask>)
                   in       dev.asyncloop.samples.leaks.ClassSetUpLeak.start(ClassSetUpLeak.java:<first inventory.start>)
                   waiting  dev.asyncloop.samples.leaks.Inventory.poll(Inventory.java:<Asyncio.sleep>)
                   fix      await or cancel it, or start it with createBackgroundTask\
            """);
    }

    @Test
    void a_failed_assertion_stays_the_failure() {
        LeakRun run = LeakRun.of(FailingTestLeak.class);

        assertThat(run.failed()).isEqualTo("expects_too_many()");
        assertThat(run.passedAfter()).containsExactly("expects_what_is_there()");
        assertThat(run.failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContainingAll("expected: 4", "but was: 3");
        assertThat(run.failure().getSuppressed()).containsExactly(run.leaks());
        assertLeaks(run, LeakKind.PENDING_TASK, """
            FailingTestLeak.expects_too_many() left 1 thing behind
              1. pending task "poll-inventory" (suspended in sleep, 5 min left)
                   created  dev.asyncloop.samples.leaks.Inventory.start(Inventory.java:<createTask>)
                   in       dev.asyncloop.samples.leaks.FailingTestLeak.expects_too_many(FailingTestLeak.java:<first inventory.start>)
                   waiting  dev.asyncloop.samples.leaks.Inventory.poll(Inventory.java:<Asyncio.sleep>)
                   fix      await or cancel it, or start it with createBackgroundTask\
            """);
    }

    private static void assertLeaks(LeakRun run, LeakKind kind, String message) {
        LeakError leaks = run.leaks();
        assertThat(leaks.leaks())
                .filteredOn(leak -> leak.above() == null)
                .extracting(Leak::kind)
                .containsExactly(kind);
        assertThat(LeakRun.withoutNumbers(leaks.getMessage())).isEqualTo(LeakRun.withoutNumbers(expected(message)));
    }

    private static String expected(String message) {
        Matcher line = LINE.matcher(message);
        return line.replaceAll(found ->
                Matcher.quoteReplacement("(" + found.group(1) + ":" + number(found.group(1), found.group(2)) + ")"));
    }

    private static int number(String file, String fragment) {
        String ofSamples = LeakMessageTests.class.getPackageName();
        return fragment.startsWith(FIRST)
                ? Sources.firstLine(ofSamples, file, fragment.substring(FIRST.length()))
                : Sources.line(ofSamples, file, fragment);
    }
}
