import { describe, expect, it } from 'vitest';
import { runFrom } from '../../../test/support/notation.ts';
import type { StateHistory } from '../../model/state.ts';
import { buildHistory } from '../build-history.ts';

const historyOf = (text: string): StateHistory => buildHistory(runFrom(text));
const packagesOf = (text: string): string[] =>
  [...historyOf(text).at(99).packages].map(
    ([key, item]) =>
      `${key} ${item.action} ${item.version ?? '?'} ${item.provenance}${item.environment === undefined ? '' : ` ${item.environment}`}`,
  );

describe('packages', () => {
  it('takes names and versions from what pip says', () => {
    expect(
      packagesOf(`
        1 > pip install flask
        Requirement already satisfied: click>=8 in /opt/conda/envs/web/lib/python3.9/site-packages (from flask) (8.1.7)
        Found existing installation: Werkzeug 2.0.0
        Successfully uninstalled Werkzeug-2.0.0
        Successfully installed Flask_Login-0.6.3 flask-3.0.2 werkzeug-3.0.1
      `),
    ).toEqual([
      'click seen 8.1.7 recorded conda:web',
      'werkzeug install 3.0.1 recorded conda:web',
      'flask-login install 0.6.3 recorded conda:web',
      'flask install 3.0.2 recorded conda:web',
    ]);
  });

  it.each([
    ['apt-get install -y curl', 'Setting up curl:amd64 (7.88.1-10) ...', 'curl install 7.88.1-10 recorded'],
    ['apk add curl', '(1/1) Installing curl (8.5.0-r0)', 'curl install 8.5.0-r0 recorded'],
    [
      'dnf install -y curl',
      '  Installing       : curl-7.76.1-26.el9.x86_64   1/1',
      'curl install 7.76.1-26.el9 recorded',
    ],
    ['uv pip install rich', ' + rich==13.7.0', 'rich install 13.7.0 recorded'],
    ['poetry add rich', '  - Installing rich (13.7.0)', 'rich install 13.7.0 recorded'],
    ['go get github.com/a/b', 'go: added github.com/a/b v1.2.3', 'github.com/a/b install v1.2.3 recorded'],
    ['cargo add serde', '      Adding serde v1.0.197 to dependencies', 'serde install 1.0.197 recorded'],
    ['gem install rake', 'Successfully installed rake-13.1.0', 'rake install 13.1.0 recorded'],
    ['pnpm add left-pad', '+ left-pad 1.3.0', 'left-pad install 1.3.0 recorded'],
    ['npm install express@4.18.2', 'added 64 packages in 2s', 'express install 4.18.2 derived'],
    ['npm install express@^4', 'added 64 packages in 2s', 'express install ? derived'],
    ['pip install -q "numpy<2"', '', 'numpy install ? derived'],
    ['pip install -q numpy==1.26.4 | tail -1', '', 'numpy install 1.26.4 assumed'],
    [
      'pip show numpy',
      'Name: numpy\nVersion: 1.26.4\nLocation: /app/.venv/lib/python3.11/site-packages',
      'numpy seen 1.26.4 recorded /app/.venv',
    ],
    ['pip list | grep numpy', 'numpy              1.26.4', 'numpy seen 1.26.4 recorded'],
    ['python -c "import numpy; print(numpy.__version__)"', '1.26.4', 'numpy seen 1.26.4 recorded'],
    ['dpkg -l | grep curl', 'ii  curl  7.88.1-10  amd64  a tool', 'curl seen 7.88.1-10 recorded'],
    ['npm ls express', 'app@1.0.0 /app\n└── express@4.18.2', 'express seen 4.18.2 recorded'],
    [
      'venv/bin/pip install rich',
      'Successfully installed rich-13.7.0',
      'rich install 13.7.0 recorded /app/venv',
    ],
    ['conda install -y -n ml numpy', '', 'numpy install ? derived conda:ml'],
    ['pip uninstall -y rich', '  Successfully uninstalled rich-13.7.0', 'rich remove 13.7.0 recorded'],
  ])('%s', (command, output, expected) => {
    expect(packagesOf(`cwd: /app\n1 > ${command}\n${output}`)).toEqual([expected]);
  });

  it.each([
    ['1 ! pip install nosuch', 'ERROR: Could not find a version that satisfies the requirement nosuch'],
    ['1 > pip install nosuch | tail -2', '× Failed to build installable wheels for some projects'],
    ['1 !timeout pip install torch', ''],
    ['1 > pip install -e .', 'Obtaining file:///app'],
    ['1 > pip install -r requirements.txt -q', ''],
    ['1 > cat install.log', 'Successfully installed torch-2.0'],
    ['1 > pip install --dry-run torch', 'Would install torch-2.0'],
  ])('claims nothing for %s', (step, output) => {
    expect(packagesOf(`${step}\n${output}`)).toEqual([]);
  });

  it('keeps the copies of two environments apart', () => {
    expect(
      packagesOf(`
        1 > a-env/bin/pip install rich
        Successfully installed rich-13.0.0
        2 > /b-env/bin/pip install rich
        Successfully installed rich-12.0.0
      `),
    ).toEqual(['rich install 12.0.0 recorded /b-env']);
    expect(
      packagesOf(`
        1 > /a-env/bin/pip install rich
        Successfully installed rich-13.0.0
        2 > /b-env/bin/pip install rich
        Successfully installed rich-12.0.0
      `),
    ).toEqual(['rich install 13.0.0 recorded /a-env', 'rich@/b-env install 12.0.0 recorded /b-env']);
  });

  it('takes the one system manager that a machine has', () => {
    expect(
      packagesOf(`
        1 > (command -v apt-get && apt-get install -y curl) || (command -v apk && apk add curl-dev)
        Setting up curl (7.88.1-10) ...
      `),
    ).toEqual(['curl install 7.88.1-10 recorded']);
  });
});

describe('processes and ports', () => {
  it('says that a server was started, was seen, and was ended', () => {
    const history = historyOf(`
      1 > nohup python -m http.server 8123 > log 2>&1 & echo $!
      4711
      2 > ps aux | grep http
      root 4711 0.0 python -m http.server 8123
      3 > ss -tlnp
      LISTEN 0 5 0.0.0.0:8123 0.0.0.0:* users:(("python",pid=4711,fd=3))
      4 > kill 4711
    `);
    expect(history.at(0).processes).toEqual([
      {
        what: 'http.server',
        command: 'python -m http.server 8123',
        pid: 4711,
        by: '1',
        provenance: 'assumed',
      },
    ]);
    expect(history.at(0).ports.get(8123)).toMatchObject({ open: true, provenance: 'assumed' });
    expect(history.at(1).processes[0]).toMatchObject({ provenance: 'recorded', seenBy: '2' });
    expect(history.at(2).ports.get(8123)).toMatchObject({
      open: true,
      owner: 'python',
      provenance: 'recorded',
    });
    expect(history.at(3).processes).toEqual([]);
    expect(history.at(3).ports.get(8123)).toMatchObject({ open: false, by: '4', provenance: 'assumed' });
  });

  it('follows a job of the harness to its end', () => {
    const history = historyOf(`
      1 @Bash {"command": "node server.js", "run_in_background": true}
      Command running in background with ID: b42
      2 @BashOutput {"bash_id": "b42"}
      <status>running</status>
      <stdout>
      Server listening on port 3000
      </stdout>
      3 @BashOutput {"bash_id": "b42"}
      <status>failed</status>
      <exit_code>1</exit_code>
    `);
    expect(history.at(0).processes.map(({ what }) => what)).toEqual(['server.js']);
    expect(history.at(1).ports.get(3000)).toMatchObject({ open: true, provenance: 'recorded' });
    expect(history.at(2).processes).toEqual([]);
    expect(history.at(2).ports.get(3000)).toMatchObject({ open: false, provenance: 'derived' });
  });

  it('does not say that what runs under a time limit or only answers still runs', () => {
    const history = historyOf(`
      1 > timeout 5 python -m http.server 8000 &
      2 > jupyter notebook --generate-config
    `);
    expect(history.at(1).processes).toEqual([]);
  });

  it('hears that a port is closed', () => {
    const history = historyOf(`
      1 > python -m http.server 8000 &
      2 ! curl http://localhost:8000/
      curl: (7) Failed to connect to localhost port 8000 after 0 ms: Connection refused
      3 ! ss -tln | grep :9000
    `);
    expect(history.at(1).ports.get(8000)).toMatchObject({ open: false, provenance: 'recorded' });
    expect(history.at(2).ports.get(9000)).toMatchObject({ open: false, provenance: 'recorded' });
  });

  it('leaves a shell in the background out of the directory and the environment', () => {
    const history = historyOf(`
      cwd: /app
      1 @Bash {"command": "cd web && export A=1 && npm start", "run_in_background": true}
      Command running in background with ID: b1
    `);
    expect(history.at(0).cwd?.path).toBe('/app');
    expect(history.at(0).env.size).toBe(0);
  });
});

describe('services', () => {
  it('knows what was started, asked for and stopped', () => {
    const history = historyOf(`
      1 > service nginx start
      Starting nginx: nginx.
      2 > service nginx status
      nginx is running.
      3 > systemctl stop nginx
      4 > systemctl status redis
      ● redis.service - Advanced key-value store
           Active: inactive (dead)
    `);
    expect([0, 1, 2].map((at) => history.at(at).services.get('nginx'))).toMatchObject([
      { running: true, by: '1', provenance: 'derived' },
      { running: true, by: '2', provenance: 'recorded' },
      { running: false, by: '3', provenance: 'derived' },
    ]);
    expect(history.at(3).services.get('redis')).toMatchObject({ running: false, provenance: 'recorded' });
  });

  it('claims nothing of a manager that could not do it', () => {
    const history = historyOf(`
      1 > systemctl restart ssh
      System has not been booted with systemd as init system (PID 1). Can't operate.
    `);
    expect(history.at(0).services.size).toBe(0);
  });
});

describe('environment', () => {
  it('is kept by shells that live on, and by none other', () => {
    const steps = '1 > export A=1\n2 > export B=2; unset A\n3 > C=3 make';
    expect([...historyOf(`format: openhands-events\n${steps}`).at(2).env]).toEqual([
      ['B', { value: '2', by: '2', provenance: 'derived' }],
    ]);
    expect(historyOf(`format: mini-swe-agent\n${steps}`).at(2).env.size).toBe(0);
  });

  it('takes a plain assignment to what was exported, and no other', () => {
    const history = historyOf('format: openhands-events\n1 > A=1\n2 > export A\n3 > A=3\n4 > A=4 make');
    expect(history.at(0).env.size).toBe(0);
    expect(history.at(3).env.get('A')).toEqual({ value: '3', by: '3', provenance: 'derived' });
  });

  it('is forgotten when the shell is started anew, and is each thread’s own', () => {
    const history = historyOf(`
      1 > export A=1
      2 @Task {"prompt": "look"}
      2.1 > export B=2
      3 @Bash {"restart": true}
    `);
    expect(history.at(1).env.size).toBe(1);
    expect([...history.at(2).env.keys()]).toEqual(['B']);
    expect(history.at(3).env.size).toBe(0);
  });
});
