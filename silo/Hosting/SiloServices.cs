using Chia.Consensus.Validation;
using Chia.Cryptography;
using Chia.Grains.Events;
using Chia.Grains.Validation;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Chia.Silo.Hosting;

/// <summary>What every silo has, be it the one of a process or one of a cluster.</summary>
internal static class SiloServices
{
    /// <summary>
    /// A grain's turn that takes this long is logged: calls are given up after half a minute, and one turn must not take most of it.
    /// </summary>
    private static readonly TimeSpan LongTurn = TimeSpan.FromSeconds(10);

    /// <summary>Threads that check proofs, what they remember, and how long they take.</summary>
    public static void AddValidation(IServiceCollection services)
    {
        services.AddSingleton(_ => new ValidationThreads());
        services.AddSingleton(_ => new VerifiedHeaders());
        services.AddSingleton(VectorFaults.OfProcess);
        services.AddHostedService<VectorFaultWatch>();
        services.AddSingleton<IProofVerifier>(s => new MeteredVerifier(new ProofVerifier(), s.GetRequiredService<TimeProvider>()));
    }

    /// <summary>A machine whose cores are busy with proofs lets a turn wait for seconds; Orleans calls one of a second a fault of its
    /// grain.</summary>
    public static void AllowLongTurns(ISiloBuilder silo) =>
        silo.Configure<SchedulingOptions>(options => options.TurnWarningLengthThreshold = LongTurn);

    /// <summary>Events for whoever watches a node, and activities that go on from grain to grain if they are wanted.</summary>
    public static void AddObservation(ISiloBuilder silo, bool isTraced)
    {
        silo.Services.AddSingleton<EventTap>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<EventTap>());

        // First, so that what ours begin belongs to whoever called.
        if (isTraced)
            silo.AddActivityPropagation();
        silo.AddIncomingGrainCallFilter<ObservingFilter>();
    }
}
