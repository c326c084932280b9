using System.CommandLine;
using System.Globalization;
using Chia.Consensus.Queries;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Silo.Views;
using Chia.Storage;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Commands.Stores;

/// <summary><c>chia netspace</c>: the space that farms, estimated from the newest blocks (OPERATIONS 2). Reads the store, of a running
/// node too.</summary>
internal static class NetspaceCommand
{
    /// <summary>A fifth either way at 95 %: what one can still call an estimate.</summary>
    private const int DefaultWindow = 100;

    public static Command Create()
    {
        var window = new Option<int>("--window")
        {
            Description = "Newest blocks to look at.",
            DefaultValueFactory = _ => DefaultWindow,
            HelpName = "BLOCKS",
        };
        window.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--window must be at least 1");
        });
        var command = DbCommand.Of(
            "netspace",
            "Estimates the space that farms from the newest blocks of the chain, with its 95 % band.",
            async (store, parsed, json, cancellation) =>
            {
                await using var reader = await store.OpenReader(cancellation);
                var index = await reader.LoadIndex(cancellation);
                Print(Estimate(index, store.Rules.Constants, parsed.GetValue(window)), json);
                return 0;
            });
        command.Add(window);
        return command;
    }

    /// <summary>The estimate of the heaviest chain's newest blocks; genesis asks for no space.</summary>
    /// <exception cref="UserException">There is nothing to estimate from.</exception>
    public static NetspaceEstimate Estimate(ChainIndex index, ConsensusConstants constants, int window)
    {
        var records = index.Records.ToDictionary(record => record.HeaderHash);
        var newest = index.Tips.Select(tip => records[tip]).MaxBy(tip => tip.TotalWeight);
        var (work, iterations, blocks) = (0.0, 0.0, 0);
        for (var record = newest; record is { Height: > 0 } && blocks < window; record = Parent(records, record))
        {
            work += record.Difficulty;
            iterations += record.TotalIterations - records[record.PrevHeaderHash].TotalIterations - (
                (double)constants.MinBlockTime * record.IterationsPerSecond);
            blocks++;
        }

        var bytes = Netspace.Estimate(work, iterations) ?? throw new UserException("the chain has no block to estimate from yet");
        var (low, high) = Netspace.Band(bytes, blocks);
        return new NetspaceEstimate(bytes, low, high, blocks, newest!.Height);
    }

    private static BlockRecord? Parent(Dictionary<Protocol.Primitives.Bytes32, BlockRecord> records, BlockRecord record) =>
        records.GetValueOrDefault(record.PrevHeaderHash);

    private static void Print(NetspaceEstimate estimate, bool json)
    {
        if (!json)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Size(estimate.Bytes)} ({Size(estimate.Low)} to {Size(estimate.High)} at 95 %), from {Amounts.Plural(estimate.Blocks, "block")} to height {estimate.Height}"));
            return;
        }

        new ResultLine()
            .With("netspace_bytes", estimate.Bytes)
            .With("low_bytes", estimate.Low)
            .With("high_bytes", double.IsInfinity(estimate.High) ? null : estimate.High)
            .With("blocks", estimate.Blocks)
            .With("height", estimate.Height)
            .Print(asJson: true);
    }

    private static string Size(double bytes) => double.IsInfinity(bytes) ? "no bound" : Amounts.Bytes(bytes);
}

/// <summary>An estimate of the space that farms.</summary>
/// <param name="Bytes">The estimate.</param>
/// <param name="Low">Lower end of its 95 % band.</param>
/// <param name="High">Upper end; infinite where so few blocks bound nothing.</param>
/// <param name="Blocks">Blocks that it comes from.</param>
/// <param name="Height">The newest of them.</param>
internal sealed record NetspaceEstimate(double Bytes, double Low, double High, int Blocks, uint Height);
