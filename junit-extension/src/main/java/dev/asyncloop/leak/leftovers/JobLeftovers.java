package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.detect.JobsOfUsers;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.Job;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches for the jobs that an owner gave to executors and that have not ended. The jobs of an executor that the owner
 * made are told with it, if it is left; what it still does for whoever holds it is its holder's.
 */
public final class JobLeftovers implements Leftovers {

    private final Owner owner;

    public JobLeftovers(Owner owner) {
        this.owner = owner;
    }

    @Override
    public List<Leftover> now() {
        List<Leftover> now = new ArrayList<>();
        for (Job job : JobOrigins.of(owner)) {
            if (!job.isBackground() && !isInOwnPool(job) && JobsOfUsers.contain(job)) {
                now.add(new LeftoverJob(job));
            }
        }
        for (Beginning beginning : ThreadOrigins.of(owner)) {
            LeftoverWorker.of(beginning, owner).ifPresent(now::add);
        }
        return now;
    }

    private boolean isInOwnPool(Job job) {
        Object pool = job.pool();
        return pool != null && isMadeBy(owner, pool);
    }

    /** Whether an owner made an executor for itself, and neither a class nor a library for all that come. */
    static boolean isMadeBy(Owner owner, Object executor) {
        Beginning made = ThreadOrigins.ofExecutor(executor);
        return made != null && made.atWork() == owner && !made.isInClassInitialiser() && !made.isKept();
    }
}
