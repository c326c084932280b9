using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.Registry;

namespace Chia.Silo.Hosting;

/// <summary>Orleans' policies in a cluster of one process: to place a grain is tried once, since there is one place. Its own ones retry
/// while silos come and go; to make them takes a twentieth of a start's processor time.</summary>
internal sealed class NoRetries : ResiliencePipelineProvider<string>
{
    public override bool TryGetPipeline(string key, [NotNullWhen(true)] out ResiliencePipeline? pipeline)
    {
        pipeline = ResiliencePipeline.Empty;
        return true;
    }

    public override bool TryGetPipeline<TResult>(string key, [NotNullWhen(true)] out ResiliencePipeline<TResult>? pipeline)
    {
        pipeline = ResiliencePipeline<TResult>.Empty;
        return true;
    }
}
