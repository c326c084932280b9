using Chia.GrainInterfaces.Clusters;
using Orleans.Runtime;

namespace Chia.GrainInterfaces.Tests.Clusters;

/// <summary>CLUSTER 3: a call that timed out is of unknown outcome; one whose silo went is asked again.</summary>
public class CallFaultTests
{
    public static TheoryData<Exception, CallFault> Faults => new()
    {
        { new SiloUnavailableException("it died"), CallFault.SiloGone },
        { new OrleansException("it was being placed"), CallFault.SiloGone },
        { new GrainExtensionNotInstalledException("the service has not begun"), CallFault.SiloGone },
        { new Orleans.Runtime.Messaging.ConnectionFailedException("refused"), CallFault.SiloGone },
        { new TaskCanceledException("placed on a silo that went"), CallFault.SiloGone },
        { new InvalidOperationException("not connected") { Source = "Orleans.Core" }, CallFault.SiloGone },
        { new TimeoutException("30 s"), CallFault.NoAnswer },
        { new ObjectDisposedException("IServiceProvider"), CallFault.Stopping },
        { new InvalidOperationException("a fault of ours"), CallFault.Failed },
        { new ArgumentException("a fault of ours"), CallFault.Failed },
    };

    [Theory, MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void What_a_call_failed_with_says_what_its_caller_does(Exception error, CallFault expected)
    {
        Assert.Equal(expected, CallFaults.Of(error));
        Assert.Equal(expected is CallFault.SiloGone or CallFault.NoAnswer, CallFaults.GoesBy(error));
    }
}
