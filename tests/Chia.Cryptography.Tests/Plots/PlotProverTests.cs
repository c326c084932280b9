using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Chia.Cryptography.Plots;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Cryptography.Tests.Plots;

/// <summary>The plot file of the reference's plotter, its tables and the answers of the reference's prover.</summary>
public sealed class PlotProverTests : IDisposable
{
    private readonly JsonDocument _vector = Vectors.Json("plot-k16.json");
    private readonly PlotProver _prover = PlotProver.Open(Vectors.PathOf("plot-k16.plot"));

    private JsonElement Expected => _vector.RootElement;

    public void Dispose()
    {
        _prover.Dispose();
        _vector.Dispose();
    }

    [Fact]
    public void Header()
    {
        Assert.Equal(16, _prover.K);
        Assert.Equal(Expected.Bytes32("plot_id"), _prover.PlotId);
        Assert.Equal(_prover.PlotId, new ProofOfSpace(
            default, Bytes48.FromHex(Expected.Text("pool_pubkey")), Bytes48.FromHex(Expected.Text("plot_pubkey")), 16, default).PlotId());
        Assert.Equal(0, _prover.Memo.Length);
        Assert.Equal(Expected.Int("file_size"), _prover.Length);
        foreach (var (name, i) in new[] { "P1", "P2", "P3", "P4", "P5", "P6", "P7", "C1", "C2", "C3" }.Select((n, i) => (n, i)))
            Assert.Equal(Expected.GetProperty("table_pointers").Int(name), _prover.File.Offset(i));
        var header = new byte[_prover.File.Header.Length];
        _prover.File.Read(header, 0);
        var written = new byte[header.Length];
        _prover.File.Header.Write(written);
        Assert.Equal(header, written);
    }

    /// <summary>A harvester asks all its plots at every challenge, and most have no answer: what that costs decides how many plots a
    /// drive can hold. Counted by the system, for this thread.</summary>
    [Fact]
    public void A_plot_without_an_answer_is_read_once_and_an_answer_takes_seven_reads_more()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux counts the reads of a thread");
        var looking = ReadsDuring(() => { });
        for (var i = 0; i < 300; i++)
        {
            var challenge = new Bytes32(SHA256.HashData(BitConverter.GetBytes(i)));
            var answers = _prover.GetQualities(challenge).Count;

            Assert.Equal(1 + (7 * answers), ReadsDuring(() => _prover.GetQualities(challenge)) - looking);
        }

        // The least of three: the runtime may read something on this thread as well.
        static long ReadsDuring(Action action) => Enumerable.Range(0, 3).Min(_ =>
        {
            var before = Reads();
            action();
            return Reads() - before;
        });

        static long Reads() => long.Parse(
            File.ReadAllLines("/proc/thread-self/io").Single(line => line.StartsWith("syscr: ", StringComparison.Ordinal))[7..]);
    }

    /// <summary>Qualities and proofs by index; where the reference misses entries (POSPACE.md 9.3), what a complete prover
    /// finds.</summary>
    [Fact]
    public void Challenges_of_the_vector_file()
    {
        int seen = 0, proofs = 0, beyondReference = 0;
        foreach (var challenge in Expected.GetProperty("challenges").EnumerateArray())
        {
            var text = challenge.Bytes32("challenge");
            var expected = Strings(challenge, "complete_qualities");
            var qualities = _prover.GetQualities(text);
            Assert.Equal(expected, qualities.Select(q => q.QualityString.ToString()));
            Assert.Equal(Enumerable.Range(0, expected.Count), qualities.Select(q => q.Index));
            beyondReference += expected.Count - Strings(challenge, "reference_qualities").Count;

            var entries = challenge.GetProperty("entries").EnumerateArray().ToList();
            foreach (var entry in entries)
                Assert.Equal((ulong)entry.Int("p6_position"), _prover.ReadIndex(entry.Int("f7_index")));

            var full = Strings(challenge, challenge.TryGetProperty("complete_proofs", out _) ? "complete_proofs" : "proofs");
            Assert.Equal(expected.Count, full.Count);
            for (var i = 0; i < full.Count; i++, proofs++)
            {
                Assert.True(_prover.TryGetProof(text, i, out var proof));
                Assert.Equal(full[i], proof.ToString());
            }

            Assert.False(_prover.TryGetProof(text, full.Count, out _));
            Assert.False(_prover.TryGetProof(text, -1, out _));
            seen++;
        }

        Assert.Equal(50, seen);
        Assert.True(proofs > 30 && beyondReference >= 3);
    }

    [Fact]
    public void Every_f7_value_is_found_and_no_other()
    {
        var values = new ulong[PlotLayout.CheckpointInterval];
        var all = new List<ulong>();
        for (var park = 0; park < _prover.Checkpoints.Count; park++)
            all.AddRange(values[.._prover.Checkpoints.ReadPark(park, values)]);
        Assert.Equal(Expected.GetProperty("entries").Int("P7"), all.Count);
        Assert.Equal(Expected.GetProperty("c1").EnumerateArray().Select(v => v.GetUInt64()), all.Where((_, i) => i % 10000 == 0));

        var expected = all.Select((f7, i) => (f7, i)).GroupBy(e => e.f7).ToDictionary(g => g.Key, g => ((long)g.First().i, g.Count()));
        for (var f7 = 0ul; f7 < 1 << 16; f7++)
            Assert.Equal(expected.TryGetValue(f7, out var place) ? place : (0, 0), _prover.Checkpoints.Find(f7));

        foreach (var (name, first) in new[] { ("first_p7", 0), ("last_p7", all.Count - Expected.GetProperty("last_p7").GetArrayLength()) })
        {
            foreach (var (entry, i) in Expected.GetProperty(name).EnumerateArray().Select((e, i) => (e, first + i)))
            {
                Assert.Equal(entry.GetProperty("f7").GetUInt64(), all[i]);
                Assert.Equal(entry.GetProperty("p6_position").GetUInt64(), _prover.ReadIndex(i));
            }
        }
    }

    /// <summary>Both ways to a quality string, for each of the 32 branches, at random f7 values.</summary>
    [Fact]
    public void Short_path_and_full_proof_agree()
    {
        var random = new Random(11);
        var challenge = new byte[32];
        var quality = new byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        int found = 0, tried = 0;
        for (var round = 0; round < 400; round++)
        {
            random.NextBytes(challenge);
            challenge[31] = (byte)round;
            var text = new Bytes32(challenge);
            foreach (var answer in _prover.GetQualities(text))
            {
                Assert.True(_prover.TryGetProof(text, answer.Index, out var proof));
                Assert.Equal(
                    ProofOfSpaceVerdict.Valid, ProofOfSpaceVerifier.Verify(_prover.PlotId, 16, text, proof.Span, quality, out var length));
                Assert.Equal(answer.QualityString, ByteString.Copy(quality.AsSpan(0, length)));
                Assert.Equal(answer.Quality, ProofOfSpaceVerifier.QualityOf(text, quality.AsSpan(0, length)));
                found++;
            }

            tried++;
        }

        // 23072 entries over 65536 f7 values: 0.35 a challenge.
        Assert.InRange(found, tried / 4, tried / 2);
    }

    /// <summary>Every park: line points ascend, their number is the table's, and encoding them again gives the same bytes.</summary>
    [Fact]
    public void Every_park_decodes_and_encodes_to_itself()
    {
        var deltas = new byte[PlotLayout.ParkDeltas];
        var points = new UInt128[PlotLayout.ParkEntries];
        for (var table = 1; table <= 6; table++)
        {
            var bytes = new byte[_prover.File.Layout.ParkBytes(table)];
            var all = new List<UInt128>();
            for (var park = 0; park < _prover.File.Parks(table); park++)
            {
                _prover.File.Read(bytes, _prover.File.Offset(table - 1) + ((long)park * bytes.Length));
                var view = new Park(bytes, _prover.File.Layout, table);
                var count = view.ReadDeltas(deltas);
                Assert.InRange(count, 0, PlotLayout.ParkDeltas);
                view.CopyTo(deltas.AsSpan(0, count), points.AsSpan(0, count + 1));
                foreach (var i in new[] { 0, 1, count / 2, count })
                {
                    Assert.True(view.TryGet(i, out var single));
                    Assert.Equal(points[i], single);
                }

                Assert.False(count + 1 < points.Length && view.TryGet(count + 1, out _));
                all.AddRange(points[..(count + 1)]);
                if (table == 1 && park == 0)
                    Assert.StartsWith(Expected.Text("first_p1_park_deltas_decoded"), Convert.ToHexStringLower(deltas));

                var again = new byte[bytes.Length];
                Assert.True(ParkEncoder.TryEncode(points.AsSpan(0, count + 1), _prover.File.Layout, table, again));
                Assert.Equal(bytes, again);
            }

            Assert.Equal(Expected.GetProperty("entries").Int($"P{table}"), all.Count);
            Assert.True(all.Zip(all.Skip(1)).All(p => p.First < p.Second));
            var first = Strings(Expected.GetProperty("first_line_points"), $"P{table}").Select(PlotVectors.Wide).ToList();
            var last = Strings(Expected.GetProperty("last_line_points"), $"P{table}").Select(PlotVectors.Wide).ToList();
            Assert.Equal(first, all.Take(first.Count));
            Assert.Equal(last, all.TakeLast(last.Count));
        }
    }

    [Fact]
    public async Task Many_threads_get_the_same_answers()
    {
        var challenges = Enumerable.Range(0, 64).Select(i =>
        {
            var bytes = new byte[32];
            BinaryPrimitives.WriteInt32BigEndian(bytes, i * 67108864 / 2);
            return new Bytes32(bytes);
        }).ToList();
        var expected = challenges.Select(Answer).ToList();
        Assert.Contains(expected, e => e.Length > 0);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(
            () => challenges.Select((_, i) => Answer(challenges[(i + (16 * t)) % 64])).ToList(), TestContext.Current.CancellationToken)));
        for (var t = 0; t < answers.Length; t++)
            Assert.Equal(Enumerable.Range(0, 64).Select(i => expected[(i + (16 * t)) % 64]), answers[t]);
    }

    private string Answer(Bytes32 challenge) => string.Join(' ', _prover.GetQualities(challenge).Select(q =>
        _prover.TryGetProof(challenge, q.Index, out var proof) ? $"{q.QualityString}:{proof}" : "missing"));

    private static List<string> Strings(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetString()!)];
}
