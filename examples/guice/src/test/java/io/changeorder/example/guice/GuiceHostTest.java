package io.changeorder.example.guice;

import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.HostContract;
import io.changeorder.example.nightshift.Night;

class GuiceHostTest extends HostContract {
    @Override
    protected Night spendANight(HelloSite site) throws Exception {
        return GuiceHost.night(site);
    }
}
