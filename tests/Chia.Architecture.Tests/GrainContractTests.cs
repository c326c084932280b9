using System.Reflection;
using Chia.Architecture.Tests.Support;
using Chia.GrainInterfaces;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace Chia.Architecture.Tests;

/// <summary>A grain contract says how long an answer takes, what interleaves with what, what can be called off, and its version.</summary>
public sealed class GrainContractTests
{
    /// <summary>Grains whose turns may interleave at every wait, and why their state can bear it.</summary>
    private static readonly Dictionary<string, string> Reentrant = new()
    {
        ["BlockVerifierGrain"] = "has no state",
        ["FarmerGrain"] = "FarmerState changes between two waits only; proofs are verified on threads",
        ["FullNodeGrain"] = "a handler has the state to itself between two waits (PROTOCOL.md 5.1)",
        ["HarvesterGrain"] = "PlotManager changes between two waits only; a drive keeps its own plots waiting",
        ["PeerGrain"] = "one connection, set once and cleared once; a broadcast does not wait for a verdict",
        ["SyncGrain"] = "the machine is synchronous; turns start work and end",
        ["TimelordGrain"] = "the scheduler is synchronous; what it asks is done before the first wait",
        ["ValidatorService"] = "has no state",
    };

    /// <summary>Questions that change something, and what.</summary>
    private static readonly Dictionary<string, string> Changing = new()
    {
        ["IPeerDirectoryGrain.GetDialCandidates"] = "notes when they were dialled",
        ["IPeerDirectoryGrain.GetMissingPeers"] = "drops what gateways that fell silent had",
        ["IPeerDirectoryGrain.GetNodeId"] = "draws the id when it is first asked for",
        ["IPeerDirectoryGrain.GetVettingCandidates"] = "notes when they were dialled",
        ["ITimelordGrain.GetStatus"] = "notes how far the evaluations have come",
    };

    private static readonly string[] Asking = ["Get", "Find", "Count", "Check", "Verify", "Pick"];

    private static readonly string[] AnswerTimes =
        [.. typeof(AnswerTime).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

    private static readonly Type[] Contracts =
        [.. typeof(NodeKey).Assembly.GetExportedTypes().Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t))];

    private static IEnumerable<MethodInfo> Methods => Contracts.SelectMany(t => t.GetMethods());

    [Fact]
    public void Every_contract_has_a_version() =>
        Findings.None(Contracts.Where(t => !t.IsDefined(typeof(VersionAttribute))).Select(t => t.Name));

    [Fact]
    public void Every_method_names_its_answer_time()
    {
        Assert.NotEmpty(Methods);
        Findings.None(Methods.Where(m => !HasAnswerTime(m)).Select(NameOf));
    }

    [Fact]
    public void Only_questions_that_change_nothing_interleave_with_everything() =>
        Findings.None(Methods
            .Where(m => m.IsDefined(typeof(AlwaysInterleaveAttribute)) && !m.IsDefined(typeof(ReadOnlyAttribute)))
            .Select(NameOf));

    [Fact]
    public void A_question_that_changes_nothing_says_so() =>
        Assert.Equal(
            Changing.Keys.Order(StringComparer.Ordinal),
            Methods.Where(m => Asking.Any(m.Name.StartsWith) && !m.IsDefined(typeof(ReadOnlyAttribute))).Select(NameOf)
                .Order(StringComparer.Ordinal));

    [Fact]
    public void A_method_that_changes_nothing_has_an_answer() =>
        Findings.None(Methods.Where(m => m.IsDefined(typeof(ReadOnlyAttribute)) && !m.ReturnType.IsGenericType)
            .Select(NameOf)
            .Except(["IBlockchainGrain.Load"])); // its answer is that there are answers

    [Fact]
    public void A_call_that_waits_for_proofs_can_be_called_off_or_is_seen_through()
    {
        // A batch of a validator has a name to call it off by. One proof is over in milliseconds, and the leftovers of a sync are the
        // node's own business.
        string[] seenThrough =
            ["IValidatorService.CheckBlocks", "IValidatorService.CheckHeaders", "IValidatorService.CheckProofOfTime",
            "IValidatorService.CheckProofOfSpace", "IFullNodeGrain.SyncFinished"];

        Findings.None(Methods
            .Where(m => AnswerTimeOf(m) == AnswerTime.Proofs && m.GetParameters().All(p => p.ParameterType != typeof(CancellationToken)))
            .Select(NameOf)
            .Except(seenThrough));
    }

    [Fact]
    public void A_cancellation_token_stands_alone_and_last() =>
        Findings.None(Methods
            .Where(m => m.GetParameters().SkipLast(1).Any(p => p.ParameterType == typeof(CancellationToken)))
            .Select(NameOf));

    [Fact]
    public void Grains_that_are_reentrant_are_known_to_bear_it()
    {
        var found = typeof(PeerGrain).Assembly.GetTypes().Where(t => t.IsDefined(typeof(ReentrantAttribute))).Select(t => t.Name);
        Assert.Equal(Reentrant.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_grain_ends_for_want_of_calls() =>
        // With the clock set back it could not be activated again (ClockTests of the functional tests).
        Findings.None(typeof(PeerGrain).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Grain)) && !t.IsDefined(typeof(KeepAliveAttribute)))
            .Select(t => t.Name));

    [Fact]
    public void What_is_missing_is_found()
    {
        Assert.False(HasAnswerTime(typeof(ILoose).GetMethod(nameof(ILoose.Silent))!));
        Assert.False(HasAnswerTime(typeof(ILoose).GetMethod(nameof(ILoose.Odd))!));
    }

    private static bool HasAnswerTime(MethodInfo method) => AnswerTimes.Contains(AnswerTimeOf(method));

    private static string? AnswerTimeOf(MethodInfo method) => method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout is { } timeout
        ? timeout.ToString("c", System.Globalization.CultureInfo.InvariantCulture)
        : null;

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private interface ILoose
    {
        Task Silent();

        [ResponseTimeout("00:00:07")]
        Task Odd();
    }
}
