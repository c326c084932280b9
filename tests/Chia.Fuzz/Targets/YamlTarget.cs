using System.Text;
using Chia.Fuzz.Driver;
using Chia.Protocol.Networks;
using Chia.Silo;
using Chia.Silo.Configuration;
using Chia.Silo.Networks;
using Chia.Silo.Views;

namespace Chia.Fuzz.Targets;

/// <summary>Network files and configurations: read, or refused in one line that people can act on.</summary>
internal sealed class YamlTarget() : FuzzTarget("yaml")
{
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Encoding.UTF8.GetBytes(NetworkWriter.Write(Testnet.Definition)),
        Encoding.UTF8.GetBytes(ConfigWriter.Write(Testnet.Id)),
        "network_id: small\nconstants:\n  number_of_heads: 3\n  DIFFICULTY_EPOCH: 12\nports:\n  full_node: 8444\naccept_any_network_id: true\n"u8.ToArray(),
        "a: &a [1, 2]\nb: *a\n? [x, y]\n: !!int 3\nc: |\n  text\nd: {e: f, g: \"h\\u0041\"}\n---\n'z'\n"u8.ToArray(),
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n"u8.ToArray(),
    ];

    public override int ShortRun => 6_000;

    /// <summary>A parser of documents, with a node a value.</summary>
    public override long AllocationFactor => 4096;

    public override long AllocationBase => 1024 * 1024;

    public override void Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        Refusable(() => NetworkFile.Parse(text, "network.yaml"));
        Refusable(() => YamlText.Parse(text, "config.yaml"));
    }

    private static void Refusable(Action read)
    {
        try
        {
            read();
        }
        catch (UserException refusal)
        {
            Promise.That(!Printable.Escape(refusal.Message).Any(char.IsControl), "a refusal is one line, once it is printed");
        }
    }
}
