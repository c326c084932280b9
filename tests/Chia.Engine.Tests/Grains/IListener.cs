using Orleans;

namespace Chia.Engine.Tests.Grains;

public interface IListener : IGrainObserver
{
    Task<string> Ask(string text);

    void Tell(string text);
}
