using Chia.Engine.Tests.Grains;

namespace Chia.Engine.Tests.Fixtures;

/// <summary>A callback object that writes down what it hears.</summary>
internal sealed class Listener(Journal journal) : IListener
{
    private int _atOnce;

    public int MostAtOnce { get; private set; }

    public async Task<string> Ask(string text)
    {
        if (text == "throw")
            throw new GrainFaultException("as told");
        await Task.Yield();
        journal.Add(text);
        return $"heard {text}";
    }

    public void Tell(string text)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
        journal.Add(text);
        Interlocked.Decrement(ref _atOnce);
    }
}
