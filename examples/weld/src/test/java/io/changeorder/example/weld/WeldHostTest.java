package io.changeorder.example.weld;

import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.HostContract;
import io.changeorder.example.nightshift.Night;

class WeldHostTest extends HostContract {
    @Override
    protected Night spendANight(HelloSite site) throws Exception {
        return WeldHost.night(site);
    }
}
