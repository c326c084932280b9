using System.Text;
using System.Text.Json;
using Chia.Fuzz.Driver;
using Chia.Grains.Peers;
using Chia.Silo.Api;
using Chia.Silo.Status;

namespace Chia.Fuzz.Targets;

/// <summary>JSON that others wrote: another program's answer where a node's is expected, and the state files of grains.</summary>
internal sealed class JsonTarget() : FuzzTarget("json")
{
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        """{"Status":"synced","State":"synced","Network":"testnet","Running":true,"Tips":[{"Height":3,"Hash":"00","Weight":5,"Timestamp":7}],"Peers":[]}"""u8.ToArray(),
        """{"Peers":[{"Endpoint":{"Host":"198.51.100.7","Port":8444},"Heard":"2019-12-03T00:00:00+00:00","Reached":null}]}"""u8.ToArray(),
        """[[[[{"a":[1e400,-0,"\u0000\ud800"]}]]]]"""u8.ToArray(),
        Encoding.ASCII.GetBytes(new string('[', 3000)),
    ];

    public override int ShortRun => 20_000;

    /// <summary>A document with an object a value.</summary>
    public override long AllocationFactor => 1024;

    public override long AllocationBase => 256 * 1024;

    public override void Run(byte[] input)
    {
        ApiClient.TryParse(input, StatusJson.Default.NodeStatus);
        try
        {
            JsonSerializer.Deserialize<StoredAddressBook>(input);
        }
        catch (JsonException)
        {
            // The state is damaged: whoever reads it says so.
        }
    }
}
