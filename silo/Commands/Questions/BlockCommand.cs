using System.CommandLine;
using System.Globalization;
using Chia.GrainInterfaces.Validation;
using Chia.Silo.Api;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Commands.Options;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Questions;

/// <summary><c>chia block</c>: one block, of a running node (OPERATIONS 2).</summary>
internal static class BlockCommand
{
    private const int NotValid = 1;

    public static Command Create()
    {
        var id =
            new Argument<string>(
            "HEIGHT|HASH|tip")
            { Description = "Which block: its height on the chain, its header hash, or the heaviest tip." };
        var hex = new Option<bool>("--hex") { Description = "Its bytes in hexadecimal." };
        var verify = new Option<bool>("--verify") { Description = "Verify every proof again; exit code 1 if one does not hold." };
        var options = new NodeOptions();
        return options.Command(
            "block",
            "A block: parent, children, who won it, proofs of space and time, iterations, coinbase.",
            async (parsed, client, stopping) =>
            {
                var path = $"{ApiPaths.Prefix}/blocks/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}";
                if (parsed.GetValue(hex))
                {
                    if (parsed.GetValue(verify) || options.IsJson(parsed))
                        throw new UserException("--hex goes with neither --verify nor --json: it prints the block's bytes and nothing else");
                    Console.Out.WriteLine(await client.GetHex($"{path}/raw", stopping));
                    return 0;
                }

                if (parsed.GetValue(verify))
                    return Print(client, await client.Send(HttpMethod.Post, $"{path}/verify", null, stopping), options.IsJson(parsed));
                if (options.IsJson(parsed))
                    NodeOptions.Print(await client.GetText(path, stopping));
                else
                    Print(await client.Get(path, ApiJson.Default.BlockDetail, stopping));
                return 0;
            },
            id,
            hex,
            verify);
    }

    private static void Print(BlockDetail block)
    {
        NamedRow.Print("height", $"{block.Height}");
        NamedRow.Print("hash", $"{block.Hash}");
        NamedRow.Print("parent", $"{block.Parent}");
        foreach (var child in block.Children)
            NamedRow.Print("child", $"{child}");
        NamedRow.Print("place", $"{(block.IsTip ? "a tip, " : "")}{(block.OnChain ? "on the chain" : "beside the chain")}");
        NamedRow.Print("time", $"{DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(block.Timestamp, 253_402_300_799)):yyyy-MM-dd HH:mm:ss}Z");
        NamedRow.Print("weight", $"{block.Weight}");
        NamedRow.Print("difficulty", $"{block.Difficulty}");
        NamedRow.Print("won by plot", $"{block.ProofOfSpace.PlotId}");
        NamedRow.Print("plot size", $"k = {block.ProofOfSpace.K}");
        NamedRow.Print("plot key", $"{block.ProofOfSpace.PlotPublicKey[..48]}…");
        NamedRow.Print("pool key", $"{block.ProofOfSpace.PoolPublicKey[..48]}…");
        NamedRow.Print("challenge", $"{block.ProofOfSpace.Challenge}");
        NamedRow.Print("quality", $"{block.ProofOfSpace.Quality}");
        NamedRow.Print("iterations", $"{block.Iterations.Iterations} = {block.Iterations.MinimumIterations} + {block.Iterations.VariableIterations}");
        Console.Out.WriteLine($"  {block.Iterations.Formula}");
        Console.Out.WriteLine($"  {block.Iterations.Filled}");
        if (block.ProofOfTime is { } time)
            NamedRow.Print("proof of time", $"{time.Iterations} squarings, witness type {time.WitnessType}, {time.DiscriminantBits} bits");
        NamedRow.Print("coinbase", $"{block.Coinbase.Amount} to {block.Coinbase.PuzzleHash[..40]}…");
        NamedRow.Print("fees", $"{block.Fees.Amount}");
        NamedRow.Print("size", $"{block.SizeBytes} bytes");
    }

    private static int Print(ApiClient client, string json, bool asJson)
    {
        var verification = client.Parse(json, ApiJson.Default.BlockVerification);
        if (asJson)
        {
            NodeOptions.Print(json);
            return verification.IsValid ? 0 : NotValid;
        }

        foreach (var check in verification.Checks)
            NamedRow.Print(
                Readable(check.Proof), $"{(check.IsValid ? "holds" : $"does not hold: {check.Fault}")}, {check.Milliseconds:0.0} ms");
        Console.Out.WriteLine(verification.IsValid
            ? $"block {verification.Height} is valid"
            : $"block {verification.Height} is not valid: {verification.Rule} {verification.Detail}");
        return verification.IsValid ? 0 : NotValid;
    }

    private static string Readable(BlockProof proof) => proof switch
    {
        BlockProof.ProofOfSpace => "space",
        BlockProof.HarvesterSignature => "harvester",
        BlockProof.CoinbaseSignature => "coinbase",
        _ => "time",
    };

    private static async Task<string> GetHex(this ApiClient client, string path, CancellationToken cancellation) =>
        Convert.ToHexStringLower(await client.GetBytes(path, cancellation));
}
