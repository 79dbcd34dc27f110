#!/usr/bin/env bash
# Workers on the nodes of a cluster, one for each task of the array. Slurm sends SIGINT two minutes before the time is up; the
# worker's trial then goes back to the queue.
#   QUEUE=rediss://user:password@host:6379 sbatch --array=1-8 deploy/slurm.sh
#SBATCH --job-name=inkling-worker
#SBATCH --cpus-per-task=8
#SBATCH --mem=8G
#SBATCH --time=12:00:00
#SBATCH --signal=B:INT@120
#SBATCH --requeue
set -euo pipefail
: "${QUEUE:?set it to the URL of Redis}"

# With --store, results go through the file system of the cluster.
exec inkling worker --queue "$QUEUE" --threads "${SLURM_CPUS_PER_TASK:-1}" ${DATA_DIR:+--data-dir "$DATA_DIR"} ${STORE:+--store "$STORE"}
