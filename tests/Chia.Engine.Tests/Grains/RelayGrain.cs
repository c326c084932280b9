using System.Globalization;
using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class RelayGrain : Grain, IRelayGrain
{
    public Task<string> Ask(IListener listener, string text) => listener.Ask(text);

    public Task TellMany(IListener listener, int count)
    {
        for (var i = 0; i < count; i++)
            listener.Tell(i.ToString(CultureInfo.InvariantCulture));
        listener.Tell("last");
        return Task.CompletedTask;
    }
}
