package io.changeorder.example.nightshift;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.command.Commands;
import io.changeorder.domain.id.NodeId;

/** Nobody is needed to put a host together. */
class PlainHostTest extends HostContract {
    @Override
    protected Night spendANight(HelloSite site) throws Exception {
        Bell bell = new Bell();
        try (var store = SqliteChangeOrderStore.open(site.folder(), new NodeId("by-hand"));
                var runtime = ProcessRuntime.in(site.folder()).open();
                var engine = ChangeOrderEngine.builder()
                        .store(store)
                        .runtime(runtime)
                        .listener(bell)
                        .build()
                        .start()) {
            Commands commands = engine.commands();
            NightShift shift = new NightShift(
                    commands.create(),
                    commands.deploy(),
                    commands.abortAndRollBack(),
                    engine.queries().describeOrder(),
                    bell);
            return Night.of(shift, site);
        }
    }
}
