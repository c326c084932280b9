using System.Reflection;
using Chia.Testing;

namespace Chia.Grains.Tests.Support;

/// <summary>Calls that a cluster does not answer: it never got them, or it did what they asked and its answer was lost.</summary>
internal sealed class ClusterFaults
{
    /// <summary>Names of calls that get nowhere.</summary>
    public HashSet<string> Away { get; } = [];

    /// <summary>Names of calls that fail by a fault of ours.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Names of calls that are carried out and not answered.</summary>
    public HashSet<string> Unanswered { get; } = [];

    /// <summary>Names of calls that are carried out at once, and what their answers wait for.</summary>
    public Dictionary<string, Task> Held { get; } = [];

    /// <summary>Calls that still go well before those of <see cref="Away"/> or <see cref="Broken"/> fail.</summary>
    public int Spared { get; set; }

    /// <summary>Nothing fails any more.</summary>
    public void Heal()
    {
        Away.Clear();
        Broken.Clear();
        Unanswered.Clear();
    }

    /// <summary>The same, with these faults.</summary>
    public T Around<T>(T inner)
        where T : class => Fake.Of<T>((method, arguments) =>
        {
            if (Away.Contains(method.Name) && Spared-- <= 0)
                throw new TimeoutException($"no answer to {method.Name}");
            if (Broken.Contains(method.Name) && Spared-- <= 0)
                throw new InvalidDataException($"{method.Name} is broken");
            var answer = method.Invoke(inner, arguments);
            if (Held.TryGetValue(method.Name, out var until))
                return HoldBackMethod.MakeGenericMethod(method.ReturnType.GetGenericArguments()).Invoke(null, [answer, until]);
            if (!Unanswered.Contains(method.Name))
                return answer;
            ((Task)answer!).GetAwaiter().GetResult();
            throw new TimeoutException($"no answer to {method.Name}");
        });

    private static readonly MethodInfo HoldBackMethod =
        typeof(ClusterFaults).GetMethod(nameof(HoldBack), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task<T> HoldBack<T>(Task<T> answer, Task until)
    {
        await until;
        return await answer;
    }
}
