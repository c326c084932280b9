using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Chia.Benchmarks;
using Chia.Cryptography.Bls12381;

// In this process: nothing has to be restored or built at run time.
// dotnet run -c Release --project tests/Chia.Benchmarks -- --filter '*Signature*'
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    // What the processor does not have cannot be measured.
    .AddFilter(new SimpleFilter(benchmark => benchmark.Descriptor.Type != typeof(LaneBenchmarks) || FqLanes.IsSupported));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
